package org.imageclustering.spark.spectral;

import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.session.AddedColumns;
import org.imageclustering.spark.settings.ClusterColumns;

/**
 * The columns that {@link SpectralEmbedding} and {@link SpectralEmbeddingModel} share. Public
 * because MLlib finds parameters by reflection.
 */
public interface SpectralColumns extends ClusterColumns {
  @Override
  Columns columns();

  /** The parameter for the column of the embedding. */
  default Param<String> embeddingCol() {
    return columns().embeddingCol;
  }

  /** Returns the schema with embedding, cluster and confidence. */
  @Override
  default StructType clusteredSchema(StructType schema) {
    return ClusterColumns.super.clusteredSchema(
        AddedColumns.withVector(schema, getOrDefault(embeddingCol())));
  }

  /** The parameters' objects: made once their owner has its identifier, which they copy. */
  final class Columns extends ClusterColumns.Columns {
    private static final long serialVersionUID = 1L;

    private final Param<String> embeddingCol;

    /** The parameters of an estimator or model, which has their defaults afterwards. */
    Columns(SpectralColumns of) {
      super(of, "vectors or arrays of numbers", "the cluster", "the confidence");
      embeddingCol = new Param<>(of, "embeddingCol", "column of the embedding, added");
      of.setDefault(embeddingCol, "embedding");
    }
  }
}
