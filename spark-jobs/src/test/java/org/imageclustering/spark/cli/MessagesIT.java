package org.imageclustering.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.job.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every error of the user's is one line on stderr with exit code 3, and leaves nothing behind. */
final class MessagesIT {
  @TempDir Path folder;
  private Path images;
  private Path run;

  @BeforeAll
  static void session() {
    SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
  }

  @BeforeEach
  void digits() throws IOException {
    images = SmallDigits.images(folder);
    run = folder.resolve("run");
  }

  private record Outcome(int exitCode, String err) {}

  private static Outcome run(List<String> line) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setErr(err);
      int exitCode = Main.run(line.toArray(new String[0]));
      return new Outcome(exitCode, bytes.toString(StandardCharsets.UTF_8).strip());
    } finally {
      System.setErr(before);
    }
  }

  private Outcome cluster(String... more) {
    List<String> line = new ArrayList<>(List.of("cluster", "k-means", "--output", run.toString()));
    line.addAll(Arrays.asList(more));
    return run(line);
  }

  private void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(ExitCode.USER);
    assertThat(outcome.err()).contains(parts).doesNotContain("\n");
    assertThat(run).doesNotExist();
    assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith("_work"));
  }

  @Test
  void missingInput() {
    assertRefused(
        cluster("--clusters", "3", "--input", folder.resolve("none").toString()),
        folder.resolve("none").toString());
  }

  @Test
  void emptyInput() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertRefused(cluster("--clusters", "3", "--input", empty.toString()), empty.toString());
  }

  @Test
  void truncatedIdx() throws IOException {
    byte[] bytes = Files.readAllBytes(images);
    Path cut = Files.write(folder.resolve("cut.idx"), Arrays.copyOf(bytes, bytes.length - 100));
    assertRefused(cluster("--clusters", "3", "--input", cut.toString()), "cut.idx", "expected");
  }

  @Test
  void labelCountThatDiffers() throws IOException {
    byte[] bytes = Files.readAllBytes(SmallDigits.labels(folder));
    byte[] fewer = Arrays.copyOf(bytes, bytes.length - 1);
    fewer[6] = (byte) ((SmallDigits.COUNT - 1) >> 8);
    fewer[7] = (byte) (SmallDigits.COUNT - 1);
    Path labels = Files.write(folder.resolve("fewer.idx"), fewer);
    assertRefused(
        cluster("--clusters", "3", "--input", images.toString(), "--labels", labels.toString()),
        "299",
        "300");
  }

  @Test
  void unknownKey() {
    assertRefused(
        cluster("--clusters", "3", "--input", images.toString(), "--set", "k-means.iteration=3"),
        "Cannot use key 'k-means.iteration'",
        "the nearest is 'k-means.iterations'");
  }

  @Test
  void noClusters() {
    assertRefused(
        cluster("--input", images.toString()),
        "Cannot cluster: found no --clusters, expected the number of clusters, at least 2");
  }

  @Test
  void oneCluster() {
    assertRefused(
        cluster("--clusters", "1", "--input", images.toString()),
        "Cannot use --clusters 1: expected at least 2");
  }

  @Test
  void moreClustersThanDistinctImages() {
    assertRefused(
        cluster("--clusters", "301", "--input", images.toString()),
        "Cannot make 301 clusters: found 300 distinct images");
  }

  @Test
  void aLastStepThatTheMethodLacks() {
    assertRefused(
        cluster("--clusters", "3", "--input", images.toString(), "--final", "spectral"),
        "Cannot run k-means with --final spectral: expected one of own");
  }

  @Test
  void anUnknownMethod() {
    assertRefused(
        run(
            List.of(
                "cluster",
                "k-mean",
                "--clusters",
                "3",
                "--input",
                "x",
                "--output",
                run.toString())),
        "found method 'k-mean', expected one of k-means");
  }

  @Test
  void aValueOfAnOptionOutOfRange() {
    assertRefused(
        cluster("--clusters", "3", "--input", images.toString(), "--set", "k-means.restarts=0"),
        "Cannot use k-means.restarts: found 0, expected at least 1");
  }

  @Test
  void aRunThatIsNone() {
    assertRefused(
        run(List.of("evaluate", "--run", run.toString())),
        "found no run.json, expected the output");
  }

  @Test
  void aLineThatCannotBeParsedExitsWithTwo() {
    assertThat(run(List.of("cluster", "k-means", "--nput", "x")).exitCode())
        .isEqualTo(ExitCode.LINE);
    assertThat(run(List.of("clutser")).exitCode()).isEqualTo(ExitCode.LINE);
    assertThat(run(List.of()).exitCode()).isEqualTo(ExitCode.LINE);
    assertThat(cluster("--input", "x", "--resume", "--overwrite").exitCode())
        .isEqualTo(ExitCode.LINE);
  }
}
