package org.imageclustering.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EvaluationIT {
  private static SparkSession spark;

  @TempDir private Path directory;
  private Path run;

  @BeforeAll
  static void openSession() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .getOrCreate();
  }

  /** The example of scikit-learn's documentation: clusters 0 0 1 1 2 2, labels 0 0 0 1 1 1. */
  @BeforeEach
  void writeRun() throws IOException {
    run = directory.resolve("run");
    List<Row> assignments = new ArrayList<>();
    List<Row> features = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      assignments.add(RowFactory.create((long) i, "images.gz#" + i, i / 2, 0.5));
      int cluster = i / 2;
      features.add(RowFactory.create((long) i, List.of(10f * cluster, (float) (i % 2))));
    }
    table(assignments, "id long, origin string, prediction int, confidence double")
        .write()
        .parquet(run.resolve("assignments").toString());
    table(features, "id long, features array<float>")
        .write()
        .parquet(run.resolve("features").toString());
    Files.writeString(run.resolve("run.json"), "{\"method\": \"k-means\"}");
  }

  @Test
  void scoresOfARunEqualScikitLearns() throws IOException {
    JsonNode metrics = evaluate(labels(0, 0, 0, 1, 1, 1));
    assertThat(metrics.get("method").asText()).isEqualTo("k-means");
    assertThat(metrics.get("images").asLong()).isEqualTo(6);
    assertThat(metrics.get("clusters").asInt()).isEqualTo(3);
    assertThat(metrics.get("acc").asDouble()).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(metrics.get("nmi").asDouble()).isCloseTo(0.5158037429793889, within(1e-12));
    assertThat(metrics.get("ari").asDouble()).isCloseTo(0.24242424242424243, within(1e-12));
    assertThat(metrics.get("purity").asDouble()).isCloseTo(5 / 6.0, within(1e-12));
    assertThat(metrics.get("sizes")).hasToString("{\"0\":2,\"1\":2,\"2\":2}");
    assertThat(metrics.get("confusion"))
        .hasToString(
            "{\"labels\":[\"0\",\"1\"],\"clusters\":[0,2,1],\"matched\":[\"0\",\"1\",null],"
                + "\"counts\":[[2,0,1],[0,2,1]]}");
  }

  @Test
  void silhouetteIsThatOfTheFeatures() throws IOException {
    JsonNode metrics = evaluate(Optional.empty());
    double outer = (10 + Math.sqrt(101)) / 2;
    assertThat(metrics.get("silhouette").asDouble()).isCloseTo(1 - 1 / outer, within(1e-5));
    assertThat(metrics.get("silhouetteImages").asInt()).isEqualTo(6);
    assertThat(metrics.get("silhouetteSpace").asText()).isEqualTo("features");
  }

  @Test
  void withoutLabelsThereAreNoExternalScores() throws IOException {
    JsonNode metrics = evaluate(Optional.empty());
    assertThat(metrics.has("acc")).isFalse();
    assertThat(metrics.has("confusion")).isFalse();
    assertThat(metrics.get("sizes")).hasSize(3);
  }

  @Test
  void imagesWithoutALabelAreCountedAndLeftOut() throws IOException {
    JsonNode metrics = evaluate(labels(0, 0, null, 1));
    assertThat(metrics.get("images").asLong()).isEqualTo(6);
    assertThat(metrics.get("labelled").asLong()).isEqualTo(3);
    assertThat(metrics.get("unlabelled").asLong()).isEqualTo(3);
    assertThat(metrics.get("acc").asDouble()).isEqualTo(1);
  }

  @Test
  void whatIsNotDefinedIsNull() throws IOException {
    JsonNode metrics = evaluate(labels(0, null, 0, null, 1, null));
    assertThat(metrics.get("purity").asDouble()).isEqualTo(1);
    JsonNode one = evaluate(labels(3));
    assertThat(one.get("fscore").isNull()).isTrue();
  }

  @Test
  void everyCandidateIsScored() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      rows.add(RowFactory.create((long) i, "own", i / 3));
      rows.add(RowFactory.create((long) i, "k-means", 0));
    }
    table(rows, "id long, candidate string, prediction int")
        .write()
        .parquet(run.resolve("candidates").toString());
    JsonNode candidates = evaluate(labels(0, 0, 0, 1, 1, 1)).get("candidates");
    assertThat(candidates.get("own").get("acc").asDouble()).isEqualTo(1);
    assertThat(candidates.get("k-means").get("acc").asDouble()).isEqualTo(0.5);
    assertThat(candidates.get("k-means").get("clusters").asInt()).isEqualTo(1);
  }

  @Test
  void labelsOfAnotherDataSetAreNamed() {
    Dataset<Row> others = table(List.of(RowFactory.create(77L, "cat")), "id long, label string");
    assertThatThrownBy(() -> evaluate(Optional.of(others)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot score the run '%s': found none of its 6 images among the 1 labels, expected the labels of the same data set"
                .formatted(run));
    assertThat(run.resolve("metrics.json")).doesNotExist();
  }

  @Test
  void anIdWithTwoLabelsIsNamed() {
    Dataset<Row> twice =
        table(
            List.of(RowFactory.create(1L, "cat"), RowFactory.create(1L, "dog")),
            "id long, label string");
    assertThatThrownBy(() -> evaluate(Optional.of(twice)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot score against the labels: found 2 labels for the id 1, expected one for each image");
  }

  @Test
  void aDirectoryThatIsNoRunIsNamed() {
    String nowhere = directory.resolve("nowhere").toString();
    assertThatThrownBy(() -> Evaluation.write(spark, nowhere, Optional.empty()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot read the run '%s': found no assignments there, expected the output of cluster or assign"
                .formatted(nowhere));
  }

  @Test
  void writingTwiceReplacesAndLeavesNothingElse() throws IOException {
    evaluate(Optional.empty());
    JsonNode second = evaluate(labels(0, 0, 0, 1, 1, 1));
    assertThat(second.has("acc")).isTrue();
    try (Stream<Path> files = Files.list(run)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("assignments", "features", "run.json", "metrics.json");
    }
  }

  private JsonNode evaluate(Optional<Dataset<Row>> labels) throws IOException {
    Evaluation.write(spark, run.toString(), labels);
    return new ObjectMapper().readTree(run.resolve("metrics.json").toFile());
  }

  private static Optional<Dataset<Row>> labels(Integer... labels) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      rows.add(RowFactory.create((long) i, labels[i]));
    }
    return Optional.of(table(rows, "id long, label int"));
  }

  private static Dataset<Row> table(List<Row> rows, String schema) {
    return spark.createDataFrame(rows, org.apache.spark.sql.types.StructType.fromDDL(schema));
  }
}
