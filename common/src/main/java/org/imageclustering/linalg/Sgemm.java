package org.imageclustering.linalg;

/**
 * The matrix product of points with points, in single precision: the one dense kernel behind
 * neighbour search, k-means and projections. Every call uses one thread; callers run side by side.
 */
public interface Sgemm {
  /**
   * Writes {@code C = A B^T}: all dot products of m points with n points.
   *
   * @param a m x d, row-major, from {@code aOffset}
   * @param b n x d, row-major, from {@code bOffset}
   * @param c m x n, row-major, from the array's start; overwritten
   */
  void timesTransposed(
      int m, int n, int d, float[] a, int aOffset, float[] b, int bOffset, float[] c);

  /**
   * Writes {@code C = A B}.
   *
   * @param a m x k, row-major
   * @param b k x n, row-major
   * @param c m x n, row-major; overwritten
   */
  void times(int m, int n, int k, float[] a, float[] b, float[] c);

  /**
   * Writes {@code C = A^T B}: all dot products of the columns of two tall blocks.
   *
   * @param a k x m, row-major, from {@code aOffset}
   * @param b k x n, row-major, from {@code bOffset}
   * @param c m x n, row-major; overwritten
   */
  void transposedTimes(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c);

  /** Names the library and, where it is known, its kernel: for the log. */
  String description();

  /** Returns the native kernel where it loads, otherwise the one in Java. */
  static Sgemm get() {
    return SgemmChoice.CHOSEN;
  }
}
