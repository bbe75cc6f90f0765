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

  /**
   * Writes some rows of {@code A X}. An operator that can compute them without the others overrides
   * this.
   *
   * @param rows in any order; not modified
   * @param width the number of vectors b
   * @param x n x b, row-major; not modified
   * @param y rows.length x b, row-major; overwritten
   */
  default void multiplyRows(int[] rows, int width, float[] x, float[] y) {
    float[] all = new float[x.length];
    multiply(width, x, all);
    for (int r = 0; r < rows.length; r++) {
      System.arraycopy(all, rows[r] * width, y, r * width, width);
    }
  }

  /**
   * Writes {@code Z = scale (A - shift I) X - Z}: one step of a Chebyshev recurrence. An operator
   * that can do it in one pass over the block overrides this.
   *
   * @param width the number of vectors b
   * @param x n x b, row-major; not modified
   * @param z n x b, row-major; overwritten
   */
  default void recur(int width, float scale, float shift, float[] x, float[] z) {
    float[] y = new float[z.length];
    multiply(width, x, y);
    for (int i = 0; i < z.length; i++) {
      z[i] = scale * (y[i] - shift * x[i]) - z[i];
    }
  }
}
