package org.imageclustering.spark.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KMeansClusteringIT {
  private static final StructType SCHEMA =
      new StructType().add("id", DataTypes.LongType).add("features", SQLDataTypes.VectorType());

  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void session() {
    spark =
        SparkSession.builder().master("local[2]").config("spark.ui.enabled", false).getOrCreate();
  }

  /** Returns blobs around (10 c, 10 c, ...) of 5 dimensions; every third point in cluster c. */
  private static Dataset<Row> blobs(int count, double spread) {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      double[] point = new double[5];
      for (int i = 0; i < point.length; i++) {
        point[i] = 10 * (id % 3) + spread * random.nextGaussian();
      }
      rows.add(RowFactory.create(id, Vectors.dense(point)));
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static List<Row> assignments(Dataset<Row> points, KMeansClusteringModel model) {
    return model
        .transform(points)
        .select("id", "prediction", "confidence")
        .sort("id")
        .collectAsList();
  }

  @Test
  void blobsAreFound() {
    Dataset<Row> points = blobs(300, 0.5);
    List<Row> rows = assignments(points, new KMeansClustering().setK(3).fit(points));
    for (Row row : rows) {
      assertThat(row.getInt(1)).isEqualTo(rows.get((int) (row.getLong(0) % 3)).getInt(1));
      assertThat(row.getDouble(2)).isBetween(0.8, 1.0);
    }
    assertThat(rows.subList(0, 3).stream().map(row -> row.getInt(1)).distinct()).hasSize(3);
  }

  @Test
  void thePartitioningDoesNotChangeTheResult() {
    Dataset<Row> points = blobs(3000, 8);
    KMeansClustering estimator =
        new KMeansClustering().setOptions(new KMeansOptions(7, 3, 10, 1e-4, 2));
    KMeansClusteringModel one = estimator.fit(points.coalesce(1));
    List<Row> expected = assignments(points, one);
    for (int partitions : new int[] {3, 7}) {
      KMeansClusteringModel other = estimator.fit(points.repartition(partitions));
      assertThat(other.centres()).isDeepEqualTo(one.centres());
      assertThat(assignments(points, other)).isEqualTo(expected);
    }
  }

  @Test
  void aModelIsSavedAndRead() throws Exception {
    Dataset<Row> points = blobs(60, 2);
    KMeansClusteringModel model = new KMeansClustering().setK(3).fit(points);
    String path = folder.resolve("model").toString();
    model.write().overwrite().save(path);
    KMeansClusteringModel read = KMeansClusteringModel.load(path);
    assertThat(read.uid()).isEqualTo(model.uid());
    assertThat(read.cost()).isEqualTo(model.cost());
    assertThat(assignments(points, read)).isEqualTo(assignments(points, model));
  }

  @Test
  void fewerDistinctVectorsThanClustersAreAnError() {
    Dataset<Row> points = blobs(300, 0);
    assertThatThrownBy(() -> new KMeansClustering().setK(4).fit(points))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot make 4 clusters: found 3 distinct vectors, expected at least as many as"
                + " clusters");
  }

  @Test
  void notANumberIsAnError() {
    Dataset<Row> points =
        spark.createDataFrame(List.of(RowFactory.create(1L, Vectors.dense(Double.NaN))), SCHEMA);
    assertThatThrownBy(() -> new KMeansClustering().fit(points))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void anOutputColumnThatExistsIsAnError() {
    Dataset<Row> points = blobs(6, 1).withColumnRenamed("id", "prediction");
    assertThatThrownBy(() -> new KMeansClustering().setIdCol("prediction").fit(points))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Cannot add column 'prediction'");
  }
}
