package org.imageclustering.spark.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.evaluate.ContingencyTable;
import org.imageclustering.evaluate.Scores;
import org.imageclustering.refine.Agreement;
import org.imageclustering.refine.Growth;
import org.imageclustering.refine.Joining;
import org.imageclustering.refine.SvmOptions;
import org.imageclustering.refine.SvmOptions.Engine;
import org.imageclustering.spark.KeepingStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SvmRefinerIT {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("features", SQLDataTypes.VectorType())
          .add("assignment", DataTypes.IntegerType)
          .add("assignmentConfidence", DataTypes.DoubleType);

  private static final int COUNT = 600;

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void session() {
    spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
  }

  /** Three kinds of points in six initial clusters, two of each kind; a fifth is in a wrong one. */
  private static List<Row> rows() {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < COUNT; id++) {
      int kind = (int) (id % 3);
      double[] point = new double[8];
      for (int j = 0; j < point.length; j++) {
        point[j] = (j % 3 == kind ? 2 : 0) + 0.5 * random.nextGaussian();
      }
      boolean isWrong = random.nextInt(5) == 0;
      int cluster = isWrong ? random.nextInt(6) : kind + 3 * random.nextInt(2);
      double confidence = (isWrong ? 0 : 0.4) + 0.5 * random.nextDouble();
      rows.add(RowFactory.create(id, Vectors.dense(point), cluster, confidence));
    }
    return rows;
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static SvmOptions options(int clusters, Engine engine) {
    return options(clusters, engine, Joining.NEIGHBOURS, 2);
  }

  private static SvmOptions options(int clusters, Engine engine, Joining joining, int refits) {
    return new SvmOptions(
        clusters,
        1,
        engine,
        0.01,
        2,
        60_000,
        new Growth(2, 10, 20, 90),
        joining,
        Agreement.OVERLAP,
        refits,
        0.8);
  }

  private static List<Row> assigned(SvmRefinerModel model, Dataset<Row> rows) {
    return model
        .transform(rows.select("id", "features"))
        .select("id", "prediction", "confidence")
        .sort("id")
        .collectAsList();
  }

  private static double ari(List<Row> assigned) {
    int[] kinds = new int[COUNT];
    Arrays.setAll(kinds, i -> i % 3);
    int[] found = assigned.stream().mapToInt(row -> row.getInt(1)).toArray();
    return Scores.of(ContingencyTable.of(found, kinds)).ari();
  }

  /** What both engines promise; on three initial clusters, as MLlib needs seconds for a fit. */
  @ParameterizedTest
  @EnumSource(Engine.class)
  void everyEngineCorrectsTheInitialClusters(Engine engine) {
    List<Row> three = new ArrayList<>();
    for (Row row : rows()) {
      three.add(RowFactory.create(row.get(0), row.get(1), row.getInt(2) % 3, row.get(3)));
    }
    Growth growth = new Growth(1, 60, 60, 60);
    SvmOptions options =
        new SvmOptions(
            3, 1, engine, 1, 2, 60_000, growth, Joining.AGREEMENT, Agreement.OVERLAP, 0, 0.8);
    SvmRefinerModel model = new SvmRefiner().setOptions(options).fit(frame(three));
    assertThat(model.groups()).containsExactly(0, 1, 2);
    List<Row> assigned = assigned(model, frame(three));
    assertThat(ari(assigned)).isGreaterThan(0.95);
    assertThat(assigned).allMatch(row -> row.getDouble(2) > 0 && row.getDouble(2) < 1);
  }

  @Test
  void classifiersOfOneKindAreMerged() {
    Dataset<Row> rows = frame(rows());
    SvmRefinerModel model = new SvmRefiner().setOptions(options(3, Engine.LIBLINEAR)).fit(rows);
    assertThat(model.clusters()).isEqualTo(3);
    assertThat(model.groups()).contains(0, 1, 2);
    assertThat(ari(assigned(model, rows))).isGreaterThan(0.95);
  }

  @Test
  void agreementMergesClassifiersOfOneKindAndKeepsEach() {
    Dataset<Row> rows = frame(rows());
    SvmOptions options = options(3, Engine.LIBLINEAR, Joining.AGREEMENT, 0);
    SvmRefinerModel model = new SvmRefiner().setOptions(options).fit(rows);
    assertThat(model.clusters()).isEqualTo(3);
    assertThat(model.groups()).containsExactly(0, 1, 2, 0, 1, 2);
    assertThat(ari(assigned(model, rows))).isGreaterThan(0.95);
  }

  @Test
  void thePartitioningDoesNotChangeTheResult() {
    Dataset<Row> rows = frame(rows());
    SvmRefiner refiner = new SvmRefiner().setOptions(options(3, Engine.LIBLINEAR));
    List<Row> expected = assigned(refiner.fit(rows.coalesce(1)), rows);
    for (int partitions : new int[] {3, 7}) {
      assertThat(assigned(refiner.fit(rows.repartition(partitions)), rows)).isEqualTo(expected);
    }
  }

  @Test
  void agreeingClassifiersAreMergedWithoutANumberOfClusters() {
    Dataset<Row> rows = frame(rows());
    SvmRefinerModel model = new SvmRefiner().setOptions(options(0, Engine.LIBLINEAR)).fit(rows);
    assertThat(model.clusters()).isBetween(3, 6);
    assertThat(ari(assigned(model, rows))).isGreaterThan(0.5);
  }

  @Test
  void aFitThatWasStoppedGoesOnAfterTheLastClassifier() {
    Dataset<Row> rows = frame(rows());
    KeepingStore store = new KeepingStore();
    SvmRefiner refiner =
        new SvmRefiner().setOptions(options(3, Engine.LIBLINEAR)).setStageStore(store);
    List<Row> expected = assigned(refiner.fit(rows), rows);
    assertThat(store.computed())
        .containsExactly(
            "svm-components",
            "svm-classifier-0",
            "svm-classifier-1",
            "svm-classifier-2",
            "svm-classifier-3",
            "svm-classifier-4",
            "svm-classifier-5");
    store.forget("svm-classifier-4", "svm-classifier-5");
    store.computed().clear();
    assertThat(assigned(refiner.fit(rows), rows)).isEqualTo(expected);
    assertThat(store.computed()).containsExactly("svm-classifier-4", "svm-classifier-5");
  }

  @Test
  void smallAndEmptyClustersAreReported() {
    List<Row> rows = new ArrayList<>(rows());
    rows.set(0, RowFactory.create(0L, rows.get(0).get(1), 7, 0.9));
    KeepingStore store = new KeepingStore();
    new SvmRefiner().setOptions(options(3, Engine.LIBLINEAR)).setStageStore(store).fit(frame(rows));
    assertThat(store.measures())
        .containsEntry("classifiers", 7)
        .containsEntry("empty clusters", 1)
        .containsEntry("clusters of fewer rows than svm.least", 1L);
  }

  @Test
  void aModelIsSavedAndRead() throws IOException {
    Dataset<Row> rows = frame(rows());
    SvmRefinerModel model = new SvmRefiner().setOptions(options(3, Engine.LIBLINEAR)).fit(rows);
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    assertThat(assigned(SvmRefinerModel.load(path), rows)).isEqualTo(assigned(model, rows));
  }

  @Test
  void badRowsAndOptionsAreErrors() {
    List<Row> rows = rows();
    Object point = rows.get(0).get(1);
    SvmOptions options = options(3, Engine.LIBLINEAR);
    assertMessage(
        with(rows, RowFactory.create(900L, point, -1, 0.5)),
        options,
        "Cannot refine clusters: found cluster -1 in the row of id 900, expected at least 0");
    assertMessage(
        with(rows, RowFactory.create(901L, point, 1, Double.NaN)),
        options,
        "Cannot refine clusters: found confidence NaN in the row of id 901, expected a number");
    assertMessage(
        with(rows, RowFactory.create(7L, point, 1, 0.5)),
        options,
        "Cannot cluster: found id 7 in several rows, expected unique ids");
    List<Row> one = new ArrayList<>();
    for (Row row : rows) {
      one.add(RowFactory.create(row.get(0), row.get(1), 0, row.get(3)));
    }
    assertMessage(one, options, "Cannot refine clusters: found 1 with rows, expected at least 2");
    assertMessage(
        rows,
        options(9, Engine.LIBLINEAR),
        "Cannot use svm.clusters: found 9, expected at most the number of initial clusters, 6");
    assertMessage(
        rows,
        new SvmOptions(
            3,
            1,
            Engine.LIBLINEAR,
            0.01,
            2,
            60_000,
            new Growth(6, 30, 10, 800),
            Joining.AGREEMENT,
            Agreement.OVERLAP,
            0,
            0.8),
        "Cannot use svm.most: found 800, expected fewer than a subset's rows, 100 (600 rows in svm.subsets = 6)");
    assertThatThrownBy(() -> new SvmRefiner().setAssignmentCol("other").fit(frame(rows)))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot refine clusters by column 'other': found no such column, expected int");
  }

  private static List<Row> with(List<Row> rows, Row another) {
    List<Row> all = new ArrayList<>(rows);
    all.add(another);
    return all;
  }

  private static void assertMessage(List<Row> rows, SvmOptions options, String message) {
    assertThatThrownBy(() -> new SvmRefiner().setOptions(options).fit(frame(rows)))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }
}
