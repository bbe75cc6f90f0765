package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.settings.Settings;

/** {@code --dry-run}: what a run would do, without doing it. */
final class DryRun {
  private static final double MIB = 1 << 20;

  private DryRun() {}

  /** Returns the lines to print: every key, then counts, then the estimate. */
  static List<String> lines(
      SparkSession spark, Method method, Config config, InputOptions options) {
    return Inputs.look(spark, options, dataset -> lines(method, config, dataset));
  }

  private static List<String> lines(Method method, Config config, ImageDataset dataset) {
    MethodInput input = Inputs.of(dataset);
    Config concrete = ClusterJob.fitting(method, config, input.shape());
    ClusterJob.requireRows(method, concrete, input);
    Estimate estimate = method.estimate(input, concrete);
    List<String> lines = new ArrayList<>();
    Settings.flat(concrete).forEach((key, value) -> lines.add(key + " = " + value));
    lines.add(
        "%d %s of %d x %d x %d, %d rejected"
            .formatted(
                dataset.count(),
                dataset.shape().kind(),
                dataset.shape().height(),
                dataset.shape().width(),
                dataset.shape().channels(),
                dataset.rejectedCount()));
    lines.add(
        String.format(
            Locale.ROOT,
            "estimated: %.0f MiB of driver memory (of %.0f), %d s",
            estimate.driverBytes() / MIB,
            Runtime.getRuntime().maxMemory() / MIB,
            estimate.seconds()));
    return lines;
  }
}
