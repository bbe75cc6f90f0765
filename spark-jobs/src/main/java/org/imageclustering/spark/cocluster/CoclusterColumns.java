package org.imageclustering.spark.cocluster;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.session.AddedColumns;
import org.imageclustering.spark.sparse.SparseColumn;

/**
 * The columns that {@link Coclustering} and its model share. Public because MLlib finds parameters
 * by reflection.
 */
public interface CoclusterColumns extends Params {
  /** Returns the parameters' objects. */
  Columns columns();

  /** The parameters of the columns. */
  final class Columns implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> featuresCol;
    private final Param<String> predictionCol;
    private final Param<String> confidenceCol;

    /** The parameters of an estimator or model, which has their defaults afterwards. */
    public Columns(CoclusterColumns of) {
      featuresCol = new Param<>(of, "featuresCol", "column of the vector, entries >= 0");
      predictionCol = new Param<>(of, "predictionCol", "column of the cluster, added");
      confidenceCol =
          new Param<>(of, "confidenceCol", "column of the association with it, in [0, 1], added");
      of.setDefault(featuresCol, "features");
      of.setDefault(predictionCol, "prediction");
      of.setDefault(confidenceCol, "confidence");
    }
  }

  /** The parameter for the column of the vector. */
  default Param<String> featuresCol() {
    return columns().featuresCol;
  }

  /** The parameter for the column of the cluster. */
  default Param<String> predictionCol() {
    return columns().predictionCol;
  }

  /** The parameter for the column of the confidence. */
  default Param<String> confidenceCol() {
    return columns().confidenceCol;
  }

  /** Returns the schema with the added columns, after checking the vectors'. */
  default StructType outputSchema(StructType schema) {
    SparseColumn.nonNegative(schema, getOrDefault(featuresCol()));
    String prediction = getOrDefault(predictionCol());
    String confidence = getOrDefault(confidenceCol());
    AddedColumns.requireFree(schema, prediction, confidence);
    return schema
        .add(prediction, DataTypes.IntegerType, false)
        .add(confidence, DataTypes.DoubleType, false);
  }
}
