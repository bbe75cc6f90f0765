package org.imageclustering.spark.spectral;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.partition.ClusterCount;
import org.imageclustering.partition.Landmarks;
import org.imageclustering.spark.session.DenseVectors;

/** What a fit found, as tables. */
final class FittedTables {
  static final StructType SPECTRUM =
      new StructType()
          .add("index", DataTypes.IntegerType, false)
          .add("value", DataTypes.DoubleType, false)
          .add("residual", DataTypes.DoubleType, false);

  static final StructType SCORES =
      new StructType()
          .add("position", DataTypes.IntegerType, false)
          .add("candidate", DataTypes.StringType, false)
          .add("modularity", DataTypes.DoubleType, false)
          .add("map_equation", DataTypes.DoubleType, false)
          .add("ncut", DataTypes.DoubleType, false)
          .add("silhouette", DataTypes.DoubleType, false)
          .add("cost", DataTypes.DoubleType, false)
          .add("chosen", DataTypes.BooleanType, false);

  private static final StructType LABELS =
      new StructType()
          .add("id", DataTypes.LongType, false)
          .add("labels", DataTypes.createArrayType(DataTypes.IntegerType, false), false);

  private static final StructType CLUSTER_COUNTS =
      new StructType()
          .add("clusters", DataTypes.IntegerType, false)
          .add("modularity", DataTypes.DoubleType, false)
          .add("gain", DataTypes.DoubleType, false)
          .add("eigenvalue_gap", DataTypes.DoubleType, false)
          .add("chosen", DataTypes.BooleanType, false);

  private FittedTables() {}

  /** Returns the curve by which the number of clusters was found. */
  static Dataset<Row> clusterCounts(SparkSession spark, ClusterCount count) {
    List<Row> rows = new ArrayList<>();
    for (ClusterCount.Point point : count.points()) {
      rows.add(
          RowFactory.create(
              point.clusters(),
              point.modularity(),
              point.gain(),
              point.eigenvalueGap(),
              point.clusters() == count.suggestion()));
    }
    return spark.createDataFrame(rows, CLUSTER_COUNTS);
  }

  /** Returns id, embedding, prediction, confidence of every fitted id. */
  static Dataset<Row> assigned(SparkSession spark, FittedClustering fitted) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("embedding", SQLDataTypes.VectorType(), false)
            .add("prediction", DataTypes.IntegerType, false)
            .add("confidence", DataTypes.DoubleType, false);
    Landmarks landmarks = fitted.landmarks();
    List<Row> rows = new ArrayList<>(fitted.ids().length);
    for (int i = 0; i < fitted.ids().length; i++) {
      int landmark = fitted.owner()[i];
      rows.add(
          RowFactory.create(
              fitted.ids()[i],
              DenseVectors.of(landmarks.embedding().row(landmark)),
              landmarks.labels()[landmark],
              (double) landmarks.confidence()[landmark]));
    }
    long bytes = 8L * landmarks.embedding().columns();
    return spark.createDataFrame(Slices.parallelize(spark, rows, bytes), schema);
  }

  /** Returns id, candidate, prediction: one row for every fitted id and candidate. */
  static Dataset<Row> candidates(SparkSession spark, FittedClustering fitted) {
    int[][] labels = fitted.candidates().labels();
    List<Row> rows = new ArrayList<>(fitted.ids().length);
    for (int i = 0; i < fitted.ids().length; i++) {
      rows.add(RowFactory.create(fitted.ids()[i], column(labels, fitted.owner()[i])));
    }
    return spark
        .createDataFrame(Slices.parallelize(spark, rows, 4L * labels.length), LABELS)
        .select(col("id"), posexplode(col("labels")).as(new String[] {"position", "prediction"}))
        .select(
            col("id"),
            element_at(lit(fitted.candidates().names()), col("position").plus(1)).as("candidate"),
            col("prediction"));
  }

  static Dataset<Row> scores(SparkSession spark, FittedClustering fitted) {
    String[] names = fitted.candidates().names();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < fitted.candidates().scores().length; i++) {
      double[] of = fitted.candidates().scores()[i];
      String name = i < names.length ? names[i] : "result";
      boolean chosen = i == fitted.candidates().chosen();
      rows.add(RowFactory.create(i, name, of[0], of[1], of[2], of[3], of[4], chosen));
    }
    return spark.createDataFrame(rows, SCORES);
  }

  static Dataset<Row> eigenvalues(SparkSession spark, FittedClustering fitted) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < fitted.spectrum()[0].length; i++) {
      rows.add(RowFactory.create(i, fitted.spectrum()[0][i], fitted.spectrum()[1][i]));
    }
    return spark.createDataFrame(rows, SPECTRUM);
  }

  /** Returns one point's label in every candidate. */
  static int[] column(int[][] labels, int point) {
    int[] column = new int[labels.length];
    for (int c = 0; c < column.length; c++) {
      column[c] = labels[c][point];
    }
    return column;
  }
}
