package org.imageclustering.spark.settings;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.session.AddedColumns;

/**
 * The columns that an estimator of clusters of vectors and its model share. Public because MLlib
 * finds parameters by reflection.
 */
public interface ClusterColumns extends Params {
  /** Returns the parameters' objects. */
  Columns columns();

  /** The parameter for the column of the vectors. */
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

  /**
   * Returns the schema with the cluster and the confidence.
   *
   * @throws org.imageclustering.UserException if there is a column of such a name already
   */
  default StructType clusteredSchema(StructType schema) {
    return AddedColumns.withClusters(
        schema, getOrDefault(predictionCol()), getOrDefault(confidenceCol()));
  }

  /** The parameters' objects: made once their owner has its identifier, which they copy. */
  class Columns implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> featuresCol;
    private final Param<String> predictionCol;
    private final Param<String> confidenceCol;

    /**
     * The parameters of an estimator or model, which has their defaults afterwards.
     *
     * @param features what the column of the vectors holds
     * @param prediction what the cluster is
     * @param confidence what the confidence is
     */
    public Columns(ClusterColumns of, String features, String prediction, String confidence) {
      featuresCol = new Param<>(of, "featuresCol", "column of " + features);
      predictionCol = new Param<>(of, "predictionCol", "column of %s, added".formatted(prediction));
      confidenceCol = new Param<>(of, "confidenceCol", "column of %s, added".formatted(confidence));
      of.setDefault(featuresCol, "features");
      of.setDefault(predictionCol, "prediction");
      of.setDefault(confidenceCol, "confidence");
    }
  }
}
