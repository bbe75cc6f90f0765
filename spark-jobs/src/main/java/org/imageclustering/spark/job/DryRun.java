package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.data.Preparation;
import org.imageclustering.spark.settings.Settings;

/** {@code --dry-run}: what a run would do, without doing it. */
final class DryRun {
  private static final double MIB = 1 << 20;

  private DryRun() {}

  /**
   * Returns the lines to print. A raw input is prepared to a temporary directory, which is the only
   * way to count what can be read of it.
   */
  static List<String> lines(
      SparkSession spark, Method method, Config config, InputOptions options) {
    if (ImageDataset.isDataset(spark, options.input())) {
      return lines(method, config, ImageDataset.open(spark, options.input()));
    }
    Path temporary = temporary(spark);
    Storage storage = Storage.of(temporary, spark.sessionState().newHadoopConf());
    try {
      return lines(
          method, config, new Preparation(spark, options).to(temporary.toString()).dataset());
    } finally {
      storage.delete(temporary);
    }
  }

  private static List<String> lines(Method method, Config config, ImageDataset dataset) {
    MethodInput input = Inputs.of(dataset);
    Config concrete = Representation.resolved(method, config, input);
    ClusterJob.checked(() -> method.check(input, concrete));
    Inputs.requireDistinct(input, concrete.getInt("clusters"));
    Estimate estimate = method.estimate(input, concrete);
    List<String> lines = new ArrayList<>();
    Settings.flat(concrete).forEach((key, value) -> lines.add(key + " = " + value));
    lines.add(
        "%d %s of %d x %d x %d, %d rejected"
            .formatted(
                dataset.count(),
                dataset.kind(),
                dataset.height(),
                dataset.width(),
                dataset.channels(),
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

  /**
   * Returns a place that the executors reach: of the default file system, except on one machine.
   */
  private static Path temporary(SparkSession spark) {
    String name = "image-clustering-dry-run-" + UUID.randomUUID();
    if (spark.sparkContext().isLocal()) {
      return new Path(java.nio.file.Path.of(System.getProperty("java.io.tmpdir"), name).toUri());
    }
    try {
      return new Path(
          FileSystem.get(spark.sessionState().newHadoopConf()).getHomeDirectory(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
