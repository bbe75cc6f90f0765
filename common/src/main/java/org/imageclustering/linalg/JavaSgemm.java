package org.imageclustering.linalg;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;

/** The product by netlib's Java code: the fallback, and the twin that the native one is held to. */
final class JavaSgemm implements Sgemm {
  private final BLAS blas = JavaBLAS.getInstance();

  @Override
  public void timesTransposed(
      int m, int n, int d, float[] a, int aOffset, float[] b, int bOffset, float[] c) {
    // Column-major C^T (n x m) = B A^T, where row-major B is column-major B^T.
    blas.sgemm("T", "N", n, m, d, 1f, b, bOffset, d, a, aOffset, d, 0f, c, 0, n);
  }

  @Override
  public void times(int m, int n, int k, float[] a, float[] b, float[] c) {
    blas.sgemm("N", "N", n, m, k, 1f, b, 0, n, a, 0, k, 0f, c, 0, n);
  }

  @Override
  public void transposedTimes(
      int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c) {
    blas.sgemm("N", "T", n, m, k, 1f, b, bOffset, n, a, aOffset, m, 0f, c, 0, n);
  }

  @Override
  public String description() {
    return "netlib in Java";
  }
}
