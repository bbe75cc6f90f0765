package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.UserException;
import org.imageclustering.spark.data.InputOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OverwritingTest {
  @TempDir Path folder;
  private Overwriting overwriting;

  @BeforeEach
  void output() throws IOException {
    Files.createDirectories(folder.resolve("run/dataset"));
    Files.createDirectories(folder.resolve("run2"));
    overwriting = new Overwriting(folder.resolve("run").toString(), new Configuration());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "run/",
        "run/dataset",
        "run2/../run/dataset",
        "run/none",
        "*/dataset",
        "r?n/*",
        "ru{n,m}"
      })
  void whatLiesInTheOutputIsRefused(String input) {
    assertThatThrownBy(() -> overwriting.requireKept("--input", folder + "/" + input))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "Cannot use --input '" + folder + "/" + input + "' with --output '");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "run2", "run2/run", "runs/dataset", "*2/dataset", "[", "run[/x"})
  void whatLiesBesideIsNot(String input) {
    assertThatCode(() -> overwriting.requireKept("--input", folder + "/" + input))
        .doesNotThrowAnyException();
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("run/dataset"));
    assertThatThrownBy(() -> overwriting.requireKept("--run", link.toString()))
        .isInstanceOf(UserException.class);
  }

  @Test
  void anotherFileSystemIsAnotherPlace() {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.other.impl", "org.imageclustering.spark.data.OtherFileSystem");
    Overwriting elsewhere = new Overwriting("other://" + folder + "/run", hadoop);
    assertThatCode(() -> elsewhere.requireKept("--input", folder + "/run"))
        .doesNotThrowAnyException();
  }

  @Test
  void labelsMayBeAWordOrAFile() {
    InputOptions sample = InputOptions.of("sample:mnist");
    for (String word : new String[] {InputOptions.FOLDERS, "label", "meta:label"}) {
      assertThatCode(() -> overwriting.requireKept(sample.withLabels(word)))
          .doesNotThrowAnyException();
    }
    InputOptions file = sample.withLabels(folder + "/run/dataset");
    assertThatThrownBy(() -> overwriting.requireKept(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot use --labels '");
  }
}
