package org.imageclustering.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.job.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sweep}: one run a combination, a table of their scores, and what goes wrong. */
final class SweepIT {
  @TempDir Path folder;
  private Path images;
  private Path labels;
  private Path sweep;

  @BeforeAll
  static void session() {
    SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", false)
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate();
  }

  @BeforeEach
  void digits() throws IOException {
    images = SmallDigits.images(folder);
    labels = SmallDigits.labels(folder);
    sweep = folder.resolve("sweep");
  }

  @Test
  void everyCombinationIsARunAndARowAndDoneOnce() throws IOException {
    String[] line = {"--over", "clusters=3,10", "--over", "seed=1,2"};
    assertThat(sweep("k-means", line).exitCode()).isEqualTo(ExitCode.DONE);
    JsonNode summary = new ObjectMapper().readTree(sweep.resolve("summary.json").toFile());
    assertThat(summary.get("columns").toString())
        .isEqualTo(
            "[\"run\",\"clusters\",\"seed\",\"acc\",\"nmi\",\"ari\",\"fscore\",\"purity\",\"silhouette\",\"seconds\"]");
    List<String> runs = new ArrayList<>();
    for (JsonNode row : summary.get("rows")) {
      String run = row.get(0).asText();
      runs.add(run);
      JsonNode metrics =
          new ObjectMapper().readTree(sweep.resolve(run).resolve("metrics.json").toFile());
      assertThat(metrics.get("clusters").asText()).isEqualTo(row.get(1).asText());
      assertThat(metrics.get("acc").asDouble()).isEqualTo(row.get(3).asDouble());
    }
    assertThat(runs)
        .containsExactly(
            "clusters=3,seed=1", "clusters=3,seed=2", "clusters=10,seed=1", "clusters=10,seed=2");
    assertThat(Files.readAllLines(sweep.resolve("summary.csv"))).hasSize(5);
    assertThat(Files.readString(sweep.resolve("index.html")))
        .contains("Sweep of k-means", "Over seeds", " ± ");
    Path assignments = sweep.resolve("clusters=10,seed=2/assignments/_SUCCESS");
    FileTime before = Files.getLastModifiedTime(assignments);
    assertThat(sweep("k-means", line).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(Files.getLastModifiedTime(assignments)).isEqualTo(before);
  }

  @Test
  void aSpectralLastStepIsComparedByItsModularity() throws IOException {
    assertThat(sweep("spectral", "--clusters", "10", "--over", "seed=1,2").exitCode())
        .isEqualTo(ExitCode.DONE);
    JsonNode summary = new ObjectMapper().readTree(sweep.resolve("summary.json").toFile());
    List<String> columns = new ArrayList<>();
    summary.get("columns").forEach(column -> columns.add(column.asText()));
    assertThat(summary.get("rows")).hasSize(2);
    for (JsonNode row : summary.get("rows")) {
      Path run = sweep.resolve(row.get(0).asText());
      JsonNode stages = new ObjectMapper().readTree(run.resolve("run.json").toFile()).get("stages");
      double modularity = stages.at("/last-step-graph/measures/modularity").asDouble();
      assertThat(row.get(columns.indexOf("modularity")).asDouble())
          .isEqualTo(modularity)
          .isBetween(0.1, 1.0);
    }
  }

  @Test
  void aCombinationThatDataForbidIsARowAndTheOthersGoOn() throws IOException {
    Outcome outcome = sweep("k-means", "--over", "clusters=200,2");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USER);
    assertThat(outcome.err())
        .contains("Cannot finish the sweep: found 1 of 2 runs failed, the first, clusters=200")
        .contains("Cannot make 200 clusters: found 120 distinct images");
    assertThat(Files.readString(sweep.resolve("summary.csv")))
        .contains("Cannot make 200 clusters")
        .contains("\nclusters=2,2,");
  }

  @Test
  void whatCannotBeReadEndsBeforeTheFirstRun() {
    assertThat(sweep("k-means", "--over", "clusters").err())
        .isEqualTo("Cannot use --over 'clusters': expected key=value,value,...");
    assertThat(sweep("k-means", "--over", "clusters=2", "--over", "clusters=3").err())
        .isEqualTo("Cannot sweep: found a key of --over twice, expected each once");
    assertThat(sweep("k-means", "--over", "clusters=2", "--over", "k-means.restart=1,2").err())
        .contains("k-means.restart");
    assertThat(sweep).doesNotExist();
  }

  private Outcome sweep(String method, String... more) {
    List<String> line =
        new ArrayList<>(
            List.of(
                "sweep",
                method,
                "--input",
                images.toString(),
                "--labels",
                labels.toString(),
                "--output",
                sweep.toString()));
    line.addAll(Arrays.asList(more));
    return Outcome.of(line);
  }
}
