package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.spark.session.Storage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepSummaryTest {
  @TempDir Path folder;

  @Test
  void meansAreOverSeedsAndNotOverValuesWhoseNamesAgree() throws IOException {
    String common = "x".repeat(70);
    SweepAxis presets = SweepAxis.parse("config=%s1,%s2".formatted(common, common));
    SweepAxis seeds = SweepAxis.parse("seed=1,2");
    List<SweepSummary.Line> lines = new ArrayList<>();
    for (String preset : presets.values()) {
      double score = preset.endsWith("1") ? 0.25 : 0.75;
      for (String seed : seeds.values()) {
        Map<String, String> values = Map.of("config", preset, "seed", seed);
        lines.add(new SweepSummary.Line(seed, values, Map.of("acc", score), null));
      }
    }
    org.apache.hadoop.fs.Path directory = new org.apache.hadoop.fs.Path(folder.toString());
    new SweepSummary("k-means", List.of(presets, seeds), lines)
        .write(Storage.of(directory, new Configuration()), directory);
    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("config=" + common + "1", "config=" + common + "2")
        .contains("0.2500 ± 0.0000", "0.7500 ± 0.0000")
        .doesNotContain("0.5000 ±");
  }
}
