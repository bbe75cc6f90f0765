package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.spark.data.DatasetKind;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cluster spectral} on a small data set of vectors. */
final class SpectralMethodIT {
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  @TempDir Path folder;

  private final Method method = Methods.named("spectral");

  @Test
  void theResultHasEveryPartAndTheModelAssignsTheSame() {
    MethodInput input = vectors(90);
    MethodResult result = method.run(input, config(3), new InMemoryStageStore());
    List<Row> assignments = result.assignments().orderBy("id").collectAsList();
    assertThat(assignments).hasSize(90);
    for (int i = 3; i < 90; i++) {
      assertThat(assignments.get(i).getInt(1)).isEqualTo(assignments.get(i % 3).getInt(1));
    }
    assertThat(result.embedding().orElseThrow().count()).isEqualTo(90);
    assertThat(result.candidates().orElseThrow().columns())
        .containsExactly("id", "candidate", "prediction");
    assertThat(result.tables().keySet()).containsExactly("candidates", "eigenvalues");
    assertThat(result.tables().get("eigenvalues").columns())
        .containsExactly("layer", "procedure", "index", "value", "residual");
    assertThat(
            method
                .transform(input, (Transformer) result.model())
                .select("id", "prediction", "confidence")
                .orderBy("id")
                .collectAsList())
        .isEqualTo(assignments);
  }

  @Test
  void theNumberOfClustersIsFound() {
    Config auto =
        ConfigFactory.parseString("clusters = auto, spectral.most-clusters = 8")
            .withFallback(config(3));
    MethodResult result = method.run(vectors(90), auto, new InMemoryStageStore());
    assertThat(result.clusters()).hasValue(3);
    assertThat(result.assignments().select("prediction").distinct().count()).isEqualTo(3);
    List<Row> curve = result.tables().get("cluster-counts").orderBy("clusters").collectAsList();
    assertThat(curve).hasSize(7);
    assertThat(curve.stream().filter(row -> row.<Boolean>getAs("chosen")))
        .singleElement()
        .satisfies(row -> assertThat(row.<Integer>getAs("clusters")).isEqualTo(3));
  }

  @Test
  void aVectorWithoutNumbersIsNamedBeforeTheWorkStarts() {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("vector", DataTypes.createArrayType(DataTypes.FloatType));
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 20; i++) {
      rows.add(RowFactory.create(i, new Float[] {i == 7 ? Float.NaN : 1f * i, 2f}));
    }
    String input = folder.resolve("embeddings.parquet").toString();
    SPARK.createDataFrame(rows, schema).write().parquet(input);
    ClusterRequest request =
        new ClusterRequest(
            "spectral",
            InputOptions.of(input),
            folder.resolve("run").toString(),
            "default",
            Map.of("clusters", 2),
            List.of(),
            RunDirectory.Existing.KEEP,
            false);
    assertThatThrownBy(() -> new ClusterJob(SPARK, request).run())
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot cluster vectors: found 1 rows that cannot be used, the first, %s#7, holds NaN at position 0; expected finite numbers in every row ('prepare' leaves such rows out)"
                .formatted(input));
  }

  @Test
  void edgesFromElsewhereAreClusteredByTheirIds() {
    List<Row> edges = new ArrayList<>();
    for (long i = 0; i < 60; i++) {
      for (long step = 3; step <= 9; step += 3) {
        edges.add(RowFactory.create(i, (i + step) % 60, 0.5f)); // i and j of one class modulo 3
      }
      edges.add(RowFactory.create(i, (i + 1) % 60, 0.01f));
    }
    String table = edges(edges, "edges.parquet");
    MethodResult result = method.run(vectors(60), onEdges(table), new InMemoryStageStore());
    List<Row> assignments = result.assignments().orderBy("id").collectAsList();
    assertThat(assignments).hasSize(60);
    for (int i = 3; i < 60; i++) {
      assertThat(assignments.get(i).getInt(1)).isEqualTo(assignments.get(i % 3).getInt(1));
    }
    assertThat(result.embedding().orElseThrow().count()).isEqualTo(60);
    assertThatThrownBy(() -> method.transform(vectors(60), (Transformer) result.model()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot assign by a run on edges");
    String one = edges(List.of(RowFactory.create(0L, 1L, 1f)), "one.parquet");
    assertThatThrownBy(() -> method.run(vectors(3), onEdges(one), new InMemoryStageStore()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot read the edges %s: found none of id 2, expected at least one of every id of the input"
                .formatted(one));
    assertThatThrownBy(() -> method.check(vectors(9).shape(), onEdges("")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot use --features edges: found no spectral.edges");
  }

  private String edges(List<Row> edges, String name) {
    StructType schema =
        new StructType()
            .add("source", DataTypes.LongType)
            .add("target", DataTypes.LongType)
            .add("weight", DataTypes.FloatType);
    String table = folder.resolve(name).toString();
    SPARK.createDataFrame(edges, schema).write().parquet(table);
    return table;
  }

  private static Config onEdges(String table) {
    return ConfigFactory.parseString("features = edges, spectral.edges = \"" + table + "\"")
        .withFallback(config(3));
  }

  @Test
  void moreClustersThanRowsAreRefused() {
    MethodInput two = vectors(2);
    assertThatThrownBy(() -> method.run(two, config(3), new InMemoryStageStore()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use clusters: found 3, expected at most the number of distinct points, 2");
  }

  @Test
  void optionsAreCheckedBeforeTheFirstJob() {
    Config wrong = ConfigFactory.parseString("spectral.restarts = 0").withFallback(config(3));
    assertThatThrownBy(() -> method.check(vectors(9).shape(), wrong))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot use spectral.restarts: found 0, expected at least 1");
    assertThat(method.estimate(vectors(9), config(3)).driverBytes()).isPositive();
  }

  private static Config config(int clusters) {
    return ConfigFactory.parseString(
            "features = column, clusters = "
                + clusters
                + ", spectral { commute-vectors = [5], restarts = 2, merged-centres = [20] }")
        .withFallback(ConfigFactory.parseResources("reference.conf"));
  }

  private static MethodInput vectors(int count) {
    SplittableRandom random = new SplittableRandom(2);
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      Float[] vector = new Float[4];
      for (int j = 0; j < 4; j++) {
        vector[j] = (float) (2 * (i % 3) + random.nextDouble());
      }
      rows.add(RowFactory.create(i, "row#" + i, vector));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("origin", DataTypes.StringType, false)
            .add("vector", DataTypes.createArrayType(DataTypes.FloatType, false), false);
    return new MethodInput(
        new DatasetShape(DatasetKind.VECTORS, 1, 4, 1), SPARK.createDataFrame(rows, schema), count);
  }
}
