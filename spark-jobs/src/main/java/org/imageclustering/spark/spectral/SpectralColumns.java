package org.imageclustering.spark.spectral;

import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The columns that {@link SpectralEmbedding} and {@link SpectralEmbeddingModel} share. Public
 * because MLlib finds parameters by reflection.
 */
public interface SpectralColumns extends Params {
  /** Returns the parameters' objects. */
  Columns columns();

  /** The parameter for the column of the vectors. */
  default Param<String> featuresCol() {
    return columns().featuresCol;
  }

  /** The parameter for the column of the embedding. */
  default Param<String> embeddingCol() {
    return columns().embeddingCol;
  }

  /** The parameter for the column of the cluster. */
  default Param<String> predictionCol() {
    return columns().predictionCol;
  }

  /** The parameter for the column of the confidence. */
  default Param<String> confidenceCol() {
    return columns().confidenceCol;
  }

  /** The parameters' objects: made once their owner has its identifier, which they copy. */
  final class Columns implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Param<String> featuresCol;
    private final Param<String> embeddingCol;
    private final Param<String> predictionCol;
    private final Param<String> confidenceCol;

    /** The parameters of an estimator or model, which has their defaults afterwards. */
    Columns(SpectralColumns of) {
      featuresCol = new Param<>(of, "featuresCol", "column of vectors or arrays of numbers");
      embeddingCol = new Param<>(of, "embeddingCol", "column of the embedding, added");
      predictionCol = new Param<>(of, "predictionCol", "column of the cluster, added");
      confidenceCol = new Param<>(of, "confidenceCol", "column of the confidence, added");
      of.setDefault(featuresCol, "features");
      of.setDefault(embeddingCol, "embedding");
      of.setDefault(predictionCol, "prediction");
      of.setDefault(confidenceCol, "confidence");
    }
  }
}
