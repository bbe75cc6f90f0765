package org.imageclustering.spectral;

import java.io.Serializable;
import org.imageclustering.linalg.FloatMatrix;

/**
 * The largest eigenvalues of a symmetric matrix, in descending order, with orthonormal eigenvectors
 * whose entry of largest absolute value is positive (the first such on a tie).
 */
public final class EigenPairs implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] values;
  private final FloatMatrix vectors;
  private final double[] residuals;

  /**
   * Wraps the arrays, not copied.
   *
   * @param values m eigenvalues, descending
   * @param vectors n x m: a row holds one node's entries of all the eigenvectors
   * @param residuals m norms ||A v - lambda v||
   */
  public EigenPairs(double[] values, FloatMatrix vectors, double[] residuals) {
    this.values = values;
    this.vectors = vectors;
    this.residuals = residuals;
  }

  /** Returns the eigenvalues themselves, descending. */
  public double[] values() {
    return values;
  }

  /** Returns the eigenvectors as columns, n x m. */
  public FloatMatrix vectors() {
    return vectors;
  }

  /** Returns the norms {@code ||A v - lambda v||} of the pairs. */
  public double[] residuals() {
    return residuals;
  }

  /**
   * Returns the pairs of the matrix whose rows are in another order.
   *
   * @param order row i of these pairs is row {@code order[i]} of the result
   */
  public EigenPairs inOrder(int[] order) {
    int m = vectors.columns();
    FloatMatrix placed = FloatMatrix.zeros(vectors.rows(), m);
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(vectors.values(), i * m, placed.values(), order[i] * m, m);
    }
    // Where two entries are the largest, the first decides the sign: now it may be the other.
    Signs.fixInPlace(placed);
    return new EigenPairs(values, placed, residuals);
  }
}
