package org.imageclustering.spectral;

/** A symmetric matrix that is known by its product with vectors. */
public interface SymmetricOperator {
  /** Returns the number n of rows and columns. */
  int dimension();

  /**
   * Writes {@code Y = A X} for a block of vectors.
   *
   * @param width the number of vectors b
   * @param x n x b, row-major; not modified
   * @param y n x b, row-major; overwritten
   */
  void multiply(int width, float[] x, float[] y);
}
