package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.patch.MapShape;
import org.imageclustering.sanet.SaNetConfig;
import org.imageclustering.sanet.SaNetOptions;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.settings.Settings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AblationJobTest {
  /** Table 3 has three settings of four networks, Fig. 8 one bar for each number of procedures. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyVariantIsANetworkForDigits(boolean withDense) {
    AblationJob job = new AblationJob(null, request(), withDense);
    Map<String, Integer> runs = new LinkedHashMap<>();
    job.sweeps()
        .forEach(
            (name, axes) -> {
              runs.put(
                  name,
                  axes.stream().mapToInt(a -> a.variants().size()).reduce(1, (a, b) -> a * b));
              for (SweepAxis axis : axes) {
                axis.variants().forEach(variant -> requireFits(job, variant));
              }
            });
    assertThat(runs)
        .isEqualTo(
            withDense
                ? Map.of("layers", 12, "first-layer", 8, "second-layer", 4)
                : Map.of("layers", 12, "first-layer", 5, "second-layer", 4));
  }

  private static void requireFits(AblationJob job, SweepAxis.Variant variant) {
    List<String> assignments = new ArrayList<>(job.assignments());
    assignments.addAll(variant.assignments());
    Config config = Settings.resolve("default", Map.of(), assignments, new Configuration(false));
    SaNetOptions options = SaNetConfig.read(config.getConfig("sa-net"));
    options.requireFits(new MapShape(28, 28, 1));
    assertThat(config.getString("final")).isEqualTo("k-means");
  }

  private static ClusterRequest request() {
    return new ClusterRequest(
        "sa-net",
        InputOptions.of("sample:mnist"),
        "runs/ablation",
        "default",
        Map.of(),
        List.of(),
        RunDirectory.Existing.KEEP,
        false);
  }
}
