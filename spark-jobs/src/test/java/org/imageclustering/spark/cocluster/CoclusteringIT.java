package org.imageclustering.spark.cocluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.coclustering.Coclusters;
import org.imageclustering.evaluate.ContingencyTable;
import org.imageclustering.evaluate.Scores;
import org.imageclustering.spark.Digits;
import org.imageclustering.spark.KeepingStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CoclusteringIT {
  private static final StructType SCHEMA =
      new StructType().add("id", DataTypes.LongType).add("features", SQLDataTypes.VectorType());

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void session() {
    spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
  }

  /** Returns documents of 40 words, of which ten belong to each third of the documents. */
  private static List<Row> documents(int count) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      double[] words = new double[40];
      for (int draw = 0; draw < 30; draw++) {
        boolean isOwn = random.nextInt(10) < 7;
        words[isOwn ? (int) (id % 3) * 10 + random.nextInt(10) : random.nextInt(40)]++;
      }
      Vector vector = Vectors.dense(words);
      rows.add(RowFactory.create(id, id % 2 == 0 ? vector.toSparse() : vector));
    }
    return rows;
  }

  private static Dataset<Row> frame(List<Row> rows) {
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static List<Row> assigned(CoclusteringModel model, Dataset<Row> rows) {
    return model
        .transform(rows)
        .select("id", "prediction", "confidence")
        .sort("id")
        .collectAsList();
  }

  private static double ari(List<Row> assigned, int[] labels) {
    int[] found = assigned.stream().mapToInt(row -> row.getInt(1)).toArray();
    return Scores.of(ContingencyTable.of(found, labels)).ari();
  }

  @Test
  void documentsOfThreeKindsAreFoundWithTheirWords() {
    Dataset<Row> rows = frame(documents(300));
    for (String variant : List.of("paper", "dhillon")) {
      CoclusteringModel model = new Coclustering().setK(3).setVariant(variant).fit(rows);
      List<Row> assigned = assigned(model, rows);
      int[] expected = new int[300];
      java.util.Arrays.setAll(expected, i -> i % 3);
      assertThat(ari(assigned, expected)).as(variant).isGreaterThan(0.95);
      for (int word = 0; word < 30; word++) {
        assertThat(model.columnClusters()[word]).isEqualTo(assigned.get(word / 10).getInt(1));
      }
      assertThat(assigned).allMatch(row -> row.getDouble(2) > 0 && row.getDouble(2) <= 1);
    }
  }

  /** Beyond 1,024 columns the Gram matrix is not made: its products are. */
  @ParameterizedTest
  @ValueSource(ints = {784, 1100})
  void neitherPartitioningNorWhoHoldsTheMatrixChangesTheResult(int columns) throws IOException {
    Dataset<Row> rows = digits(600, columns);
    CoclusteringModel one = new Coclustering().setK(8).fit(rows.coalesce(1));
    List<Row> expected = assigned(one, rows);
    for (int partitions : new int[] {3, 7}) {
      CoclusteringModel other = new Coclustering().setK(8).fit(rows.repartition(partitions));
      assertThat(assigned(other, rows)).isEqualTo(expected);
    }
    CoclusteringModel distributed =
        new Coclustering().setK(8).setEntriesOnTheDriver(0).fit(rows.repartition(3));
    assertThat(distributed.columnClusters()).isEqualTo(one.columnClusters());
    assertThat(assigned(distributed, rows)).isEqualTo(expected);
  }

  /** Returns digits' pixels, and columns without entries after them. */
  private static Dataset<Row> digits(int count, int columns) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (Row image : Digits.images(count)) {
      byte[] pixels = image.getStruct(1).getAs(3);
      double[] values = new double[columns];
      for (int i = 0; i < pixels.length; i++) {
        values[i] = Byte.toUnsignedInt(pixels[i]) / 255.0;
      }
      rows.add(RowFactory.create(image.getLong(0), Vectors.dense(values).compressed()));
    }
    return frame(rows);
  }

  @Test
  void aSampleGivesKMeansItsRows() {
    Dataset<Row> rows = frame(documents(300));
    CoclusteringModel model = new Coclustering().setK(3).setSample(60).fit(rows);
    int[] expected = new int[300];
    java.util.Arrays.setAll(expected, i -> i % 3);
    assertThat(ari(assigned(model, rows), expected)).isGreaterThan(0.95);
  }

  @Test
  void emptyRowsAndColumnsTakeNoPartAndAreCounted() {
    List<Row> documents = documents(90);
    documents.add(RowFactory.create(500L, Vectors.sparse(40, new int[0], new double[0])));
    List<Row> wider = new ArrayList<>();
    for (Row row : documents) {
      double[] words = java.util.Arrays.copyOf(row.<Vector>getAs(1).toArray(), 42);
      wider.add(RowFactory.create(row.getLong(0), Vectors.dense(words)));
    }
    KeepingStore measures = new KeepingStore();
    CoclusteringModel model = new Coclustering().setK(3).setStageStore(measures).fit(frame(wider));
    assertThat(measures.measures())
        .containsEntry("empty rows", 1L)
        .containsEntry("empty columns", 2L);
    assertThat(model.columnClusters()[40]).isEqualTo(Coclusters.NONE);
    List<Row> assigned = assigned(model, frame(wider));
    assertThat(assigned).hasSize(91);
    assertThat(assigned.get(90).getDouble(2)).isZero();
  }

  @Test
  void aModelIsSavedAndRead() throws IOException {
    Dataset<Row> rows = frame(documents(60));
    CoclusteringModel model = new Coclustering().setK(3).setVariant("dhillon").fit(rows);
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    CoclusteringModel read = CoclusteringModel.load(path);
    assertThat(assigned(read, rows)).isEqualTo(assigned(model, rows));
    assertThat(read.columnClusters()).isEqualTo(model.columnClusters());
    assertThat(read.singularValues()).isEqualTo(model.singularValues());
  }

  @Test
  void badRowsAreErrorsThatNameThem() {
    List<Row> rows = documents(30);
    assertMessage(
        with(rows, RowFactory.create(77L, Vectors.dense(negative(40)))),
        "Cannot cluster column 'features': found -1.0 in the row of id 77, expected numbers of at least 0");
    assertMessage(
        with(rows, RowFactory.create(78L, Vectors.dense(new double[39]))),
        "Cannot cluster column 'features': found a vector of length 39 in the row of id 78, expected 40");
    assertMessage(
        with(rows, RowFactory.create(79L, null)),
        "Cannot cluster column 'features': found null in the row of id 79, expected a vector");
    assertMessage(
        with(rows, rows.get(3)), "Cannot cluster: found id 3 in several rows, expected unique ids");
    assertMessage(
        List.of(
            RowFactory.create(1L, Vectors.dense(0, 0)), RowFactory.create(2L, Vectors.dense(0, 0))),
        "Cannot co-cluster column 'features': found 2 rows without an entry above 0, expected entries");
    List<Row> same = new ArrayList<>();
    for (long id = 0; id < 9; id++) {
      same.add(RowFactory.create(id, id % 2 == 0 ? Vectors.dense(1, 2) : Vectors.dense(2, 1)));
    }
    assertMessage(
        same,
        "Cannot make 3 clusters: found 2 different rows, expected at least as many as clusters");
  }

  private static double[] negative(int length) {
    double[] values = new double[length];
    values[5] = -1;
    return values;
  }

  private static List<Row> with(List<Row> rows, Row another) {
    List<Row> all = new ArrayList<>(rows);
    all.add(another);
    return all;
  }

  private static void assertMessage(List<Row> rows, String message) {
    Dataset<Row> all = frame(rows).coalesce(1);
    assertThatThrownBy(() -> new Coclustering().setK(3).fit(all))
        .isInstanceOf(UserException.class)
        .hasMessage(message);
  }
}
