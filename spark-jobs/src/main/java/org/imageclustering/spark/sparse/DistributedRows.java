package org.imageclustering.spark.sparse;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.imageclustering.linalg.RowParts;
import org.imageclustering.linalg.SparseRows;

/**
 * Products with a tall sparse matrix as Spark jobs: the parts stay on the executors, a block of
 * vectors (n x b x 4 bytes) is broadcast with every product, and each part's sum (n x b x 8 bytes,
 * at most 32 of them) returns, or its matrix (n x n x 8 bytes). The driver adds them up in the
 * parts' order, so the bits are those of {@link RowParts#inMemory}.
 */
final class DistributedRows implements RowParts {
  private static final String DESCRIPTION = "spark.job.description";

  private final JavaRDD<SparseRows[]> parts;
  private final int columns;

  DistributedRows(JavaRDD<SparseRows[]> parts, int columns) {
    this.parts = parts;
    this.columns = columns;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public double[] gram(int vectors, float[] x) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(parts.context());
    String before = spark.getLocalProperty(DESCRIPTION);
    Broadcast<float[]> sent = spark.broadcast(x);
    try {
      spark.setLocalProperty(
          DESCRIPTION, "Singular vectors: product with " + vectors + " of " + columns + " columns");
      return RowParts.sum(products(parts, columns, vectors, sent).toArray(new double[0][]));
    } finally {
      spark.setLocalProperty(DESCRIPTION, before);
      sent.destroy();
    }
  }

  @Override
  public double[] upperGram() {
    int n = columns;
    List<double[]> grams = parts.map(part -> RowParts.upperGram(part, n, 0, n)).collect();
    return RowParts.sum(grams.toArray(new double[0][]));
  }

  private static List<double[]> products(
      JavaRDD<SparseRows[]> parts, int columns, int vectors, Broadcast<float[]> x) {
    return parts.map(part -> RowParts.product(part, columns, vectors, x.value())).collect();
  }
}
