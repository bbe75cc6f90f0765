package org.imageclustering.spectral;

import org.imageclustering.linalg.RowParts;

/**
 * {@code A^T A} as an operator on the n columns: its eigenvalues are the squared singular values of
 * A, its eigenvectors the right singular vectors. The product with the m rows is never stored.
 */
public final class GramOperator implements SymmetricOperator {
  private final RowParts matrix;

  /** The operator of a matrix. */
  public GramOperator(RowParts matrix) {
    this.matrix = matrix;
  }

  @Override
  public int dimension() {
    return matrix.columns();
  }

  @Override
  public void multiply(int width, float[] x, float[] y) {
    double[] product = matrix.gram(width, x);
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) product[i];
    }
  }
}
