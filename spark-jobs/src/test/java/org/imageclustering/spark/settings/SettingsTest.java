package org.imageclustering.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  @TempDir Path folder;

  private static Config resolve(String preset, String... assignments) {
    return Settings.resolve(preset, Map.of(), List.of(assignments), new Configuration());
  }

  @Test
  void setWinsOverFlagsOverPresetOverReference() throws IOException {
    Path file = folder.resolve("mine.conf");
    Files.writeString(
        file, "include \"default\"\nseed = 7\nk-means.iterations = 3\nclusters = 4\n");
    Config config =
        Settings.resolve(
            file.toString(),
            Map.of("seed", 8L, "clusters", 5),
            List.of("clusters=6"),
            new Configuration());
    assertThat(config.getInt("clusters")).isEqualTo(6);
    assertThat(config.getLong("seed")).isEqualTo(8);
    assertThat(config.getInt("k-means.iterations")).isEqualTo(3);
    assertThat(config.getDouble("k-means.tolerance")).isEqualTo(1e-4);
  }

  @Test
  void systemPropertiesHaveNoPart() {
    System.setProperty("k-means.iterations", "99");
    try {
      assertThat(resolve("default").getInt("k-means.iterations")).isEqualTo(50);
    } finally {
      System.clearProperty("k-means.iterations");
    }
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    assertThatThrownBy(() -> resolve("default", "k-means.iteration=3"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use key 'k-means.iteration' in --set k-means.iteration=3: found no such key,"
                + " expected a known one; the nearest is 'k-means.iterations'");
  }

  @Test
  void anUnknownKeyOfAFileNamesTheFile() throws IOException {
    Path file = folder.resolve("mine.conf");
    Files.writeString(file, "sed = 7\n");
    assertThatThrownBy(() -> resolve(file.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Cannot use key 'sed' in configuration '" + file + "'")
        .hasMessageEndingWith("the nearest is 'seed'");
  }

  @Test
  void aWrongTypeNamesKeyFoundAndExpected() {
    assertThatThrownBy(() -> resolve("default", "k-means.iterations=many"))
        .hasMessage(
            "Cannot read key 'k-means.iterations' in --set k-means.iterations=many: found"
                + " \"many\", expected a whole number");
    assertThatThrownBy(() -> resolve("default", "k-means.iterations=2.5"))
        .hasMessageEndingWith("found 2.5, expected a whole number");
    assertThatThrownBy(() -> resolve("default", "k-means=3"))
        .hasMessageEndingWith("found 3, expected a section such as 'k-means.iterations'");
  }

  @Test
  void namesOfLayersAndProceduresAreFree() {
    Config config = resolve("default", "sa-net.layer.mine.patch=5", "sa-net.procedure.p.k=3");
    assertThat(config.getInt("sa-net.layer.mine.patch")).isEqualTo(5);
  }

  @Test
  void aMissingPresetListsThoseThereAre() {
    assertThatThrownBy(() -> resolve("defualt"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot read --config 'defualt'")
        .hasMessageContaining("default");
  }

  @Test
  void anAssignmentNeedsAnEqualsSign() {
    assertThatThrownBy(() -> resolve("default", "seed"))
        .hasMessage("Cannot read --set 'seed': found no '=', expected key=value");
  }

  @Test
  void everyPresetResolves() {
    assertThat(Presets.names()).contains("default");
    for (String name : Presets.names()) {
      assertThat(resolve(name, "clusters=10").getInt("clusters")).isEqualTo(10);
    }
  }

  @Test
  void distancesAreLevenshteins() {
    assertThat(NearestKey.editDistance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestKey.editDistance("", "abc")).isEqualTo(3);
    assertThat(NearestKey.editDistance("seed", "seed")).isZero();
  }
}
