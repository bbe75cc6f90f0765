package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageSize;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputFormat;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.data.Preparation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands make of a raw input and of a prepared one. */
final class InputsIT {
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 2)
          .getOrCreate();

  private static final List<String> SMALL =
      List.of(
          "spectral.commute-vectors=[5]", "spectral.restarts=2", "spectral.merged-centres=[20]");

  @TempDir Path folder;

  /** A table of id and vector. */
  private String vectors(String name, int count, Function<Integer, Float> first) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(RowFactory.create((long) i, new Float[] {first.apply(i), 2f}));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("vector", DataTypes.createArrayType(DataTypes.FloatType));
    String table = folder.resolve(name).toString();
    SPARK.createDataFrame(rows, schema).coalesce(1).write().parquet(table);
    return table;
  }

  private String withNan() {
    return vectors("nan.parquet", 20, i -> i == 7 ? Float.NaN : i % 2 + 0.01f * i);
  }

  private String whole() {
    return vectors("whole.parquet", 20, i -> i % 2 + 0.01f * i);
  }

  private ClusterRequest request(String method, String input, List<String> assignments) {
    return new ClusterRequest(
        method,
        InputOptions.of(input),
        folder.resolve("run").toString(),
        "default",
        Map.of("clusters", 2),
        assignments,
        RunDirectory.Existing.RESUME,
        false);
  }

  private static void assertUserError(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(UserException.class).hasMessage(message);
  }

  @Test
  void optionsOfARawInputAreRefusedForADataSet() {
    String dataset = folder.resolve("dataset").toString();
    new Preparation(SPARK, InputOptions.of(whole())).to(dataset);
    InputOptions plain = InputOptions.of(dataset);
    assertThat(Inputs.dataset(SPARK, plain)).isPresent();
    assertThat(Inputs.dataset(SPARK, InputOptions.of(folder + "/whole.parquet").withLabels("x")))
        .isEmpty();
    String message =
        "Cannot use %s for "
            + dataset
            + ": found a prepared data set, expected a raw input; give them to 'prepare' (labels also to 'evaluate --labels', after the run)";
    Map<String, InputOptions> given =
        Map.of(
            "--format", plain.withFormat(InputFormat.PARQUET),
            "--size, --channels", plain.withSize(new ImageSize(8, 8)).withChannels(1),
            "--labels", plain.withLabels("folders"),
            "--id-column", plain.withIdColumn("key"),
            "--max-rejected", plain.withMaxRejected(0.1),
            "--classes", plain.withClasses(2));
    given.forEach(
        (names, options) ->
            assertUserError(() -> Inputs.fingerprint(SPARK, options), message.formatted(names)));
    InputOptions sized = plain.withSize(new ImageSize(8, 8));
    assertUserError(
        () -> Inputs.look(SPARK, sized, ImageDataset::count), message.formatted("--size"));
    ClusterRequest common = request("k-means", dataset, List.of());
    ClusterRequest sweep =
        new ClusterRequest(
            common.method(),
            sized,
            common.output(),
            common.preset(),
            common.flags(),
            common.assignments(),
            common.existing(),
            common.keepStages());
    assertUserError(
        () -> new SweepJob(SPARK, new SweepRequest(sweep, List.of("seed=1,2"))).run(),
        message.formatted("--size"));
  }

  @Test
  void vectorsWithNanAreRefusedByEveryCommandAndLeaveNothing() {
    String input = withNan();
    String message =
        "Cannot cluster vectors: found 1 rows that cannot be used, the first, %s#7, holds NaN at position 0; expected finite numbers in every row ('prepare' leaves such rows out)"
            .formatted(input);
    ClusterRequest request = request("k-means", input, List.of());
    assertUserError(() -> new ClusterJob(SPARK, request).dryRun(), message);
    assertUserError(
        () -> new SweepJob(SPARK, new SweepRequest(request, List.of("seed=1,2"))).run(), message);
    assertThat(folder.resolve("run"))
        .satisfiesAnyOf(
            run -> assertThat(run).doesNotExist(), run -> assertThat(run).isEmptyDirectory());
    new ClusterJob(SPARK, request("k-means", whole(), List.of())).run();
    AssignJob assign =
        new AssignJob(SPARK, folder.resolve("run").toString(), InputOptions.of(input));
    String assigned = folder.resolve("assigned").toString();
    assertUserError(() -> assign.run(assigned, RunDirectory.Existing.KEEP), message);
    assertThat(folder.resolve("assigned")).doesNotExist();
  }

  @Test
  void whatAKilledProcessLeftOfARunsDataSetIsMadeAnew() throws IOException {
    Identity identity = Identity.of("test", "fingerprint", Map.of());
    String output = folder.resolve("run").toString();
    try (RunDirectory run =
        RunDirectory.open(
                output,
                "cluster",
                identity,
                RunDirectory.Existing.KEEP,
                SPARK.sessionState().newHadoopConf())
            .orElseThrow()) {
      Path left = folder.resolve("run/dataset/images/part-0");
      Files.createDirectories(left.getParent());
      Files.write(left, new byte[] {1});
      assertThat(Inputs.open(SPARK, InputOptions.of(whole()), run).count()).isEqualTo(20);
      assertThat(left).doesNotExist();
    }
  }

  @Test
  void edgesCountInTheRunAndWhatTheirNodesHoldDoesNot() {
    String nodes = vectors("nodes.parquet", 30, i -> 0f);
    List<String> onEdges = new ArrayList<>(SMALL);
    onEdges.add("features=edges");
    onEdges.add("spectral.edges=" + edges(0.5f));
    ClusterRequest request = request("spectral", nodes, onEdges);
    assertThatCode(() -> new ClusterJob(SPARK, request).dryRun()).doesNotThrowAnyException();
    assertThat(new ClusterJob(SPARK, request).run()).first().isEqualTo("30 images, 2 clusters");
    assertThat(new ClusterJob(SPARK, request).run()).first().isEqualTo("30 images, 2 clusters");
    edges(0.25f);
    assertThatThrownBy(() -> new ClusterJob(SPARK, request).run())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found another run there")
        .hasMessageContaining("what differs: edges fingerprint (");
  }

  /** Writes two rings, one of even and one of odd nodes, weakly joined. */
  private String edges(float weight) {
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < 30; i++) {
      rows.add(RowFactory.create(i, (i + 2) % 30, weight));
      rows.add(RowFactory.create(i, (i + 4) % 30, weight));
      rows.add(RowFactory.create(i, (i + 1) % 30, 0.01f));
    }
    StructType schema =
        new StructType()
            .add("source", DataTypes.LongType)
            .add("target", DataTypes.LongType)
            .add("weight", DataTypes.FloatType);
    String table = folder.resolve("edges.parquet").toString();
    SPARK.createDataFrame(rows, schema).coalesce(1).write().mode("overwrite").parquet(table);
    return table;
  }
}
