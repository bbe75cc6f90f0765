package org.imageclustering.spark.refine;

import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.classification.LinearSVC;
import org.apache.spark.ml.classification.LinearSVCModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.refine.ClassifierEngine;
import org.imageclustering.refine.LinearClassifier;
import org.imageclustering.spark.session.DenseVectors;

/**
 * MLlib's {@code LinearSVC}: {@code lambda |w|² / 2 + mean of max(0, 1 - y (w x + b))}, with lambda
 * = 1 / (C n) for C times the sum of the losses. It cannot be told where to start. The rows of a
 * fit stand in one partition, so that its sums have one order; a fit is some tens of Spark jobs.
 */
final class MllibEngine implements ClassifierEngine {
  private static final int ITERATIONS = 50;
  private static final double TOLERANCE = 1e-4;

  private static final StructType SCHEMA =
      new StructType()
          .add("label", DataTypes.DoubleType, false)
          .add("features", SQLDataTypes.VectorType(), false);

  private final SparkSession spark;
  private final Broadcast<TrainingRows> rows;
  private final double cost;

  MllibEngine(SparkSession spark, Broadcast<TrainingRows> rows, double cost) {
    this.spark = spark;
    this.rows = rows;
    this.cost = cost;
  }

  @Override
  public LinearClassifier train(int[] chosen, boolean[] positive, LinearClassifier start) {
    LinearSVCModel model =
        new LinearSVC()
            .setRegParam(1 / (cost * chosen.length))
            .setMaxIter(ITERATIONS)
            .setTol(TOLERANCE)
            .setStandardization(false)
            .fit(spark.createDataFrame(labelled(spark, rows, chosen, positive), SCHEMA));
    double[] coefficients = model.coefficients().toArray();
    float[] weights = new float[coefficients.length];
    for (int j = 0; j < weights.length; j++) {
      weights[j] = (float) coefficients[j];
    }
    return new LinearClassifier(weights, (float) model.intercept());
  }

  private static JavaRDD<Row> labelled(
      SparkSession spark, Broadcast<TrainingRows> rows, int[] chosen, boolean[] positive) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(Arrays.asList(0), 1)
        .flatMap(one -> labelled(rows.value(), chosen, positive));
  }

  private static Iterator<Row> labelled(TrainingRows rows, int[] chosen, boolean[] positive) {
    var points = rows.rows().points();
    return IntStream.range(0, chosen.length)
        .mapToObj(
            i ->
                RowFactory.create(
                    positive[i] ? 1.0 : 0.0,
                    DenseVectors.of(points.values(), points.offset(chosen[i]), points.columns())))
        .iterator();
  }
}
