package org.imageclustering.spectral;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.Arrays;
import org.netlib.util.intW;

/**
 * The eigenpairs of a dense symmetric matrix by LAPACK's dsyevr, in Java, so that the digits are
 * the same on every machine.
 */
final class SmallEigen {
  private static final LAPACK NETLIB = JavaLAPACK.getInstance();

  /** The eigenvalues, descending. */
  final double[] values;

  /** The eigenvectors: {@code vectors[i]} belongs to {@code values[i]}. */
  final double[][] vectors;

  /**
   * Computes the {@code count} largest pairs, O(n^3). All n are computed: asked for a part, dsyevr
   * returns vectors of repeated eigenvalues that are orthogonal to four digits only.
   *
   * @param matrix n x n, of which one triangle is read; overwritten
   */
  SmallEigen(int n, double[] matrix, int count) {
    double[] ascending = new double[n];
    double[] columns = new double[Math.multiplyExact(n, n)];
    double[] work = new double[26 * n];
    int[] intWork = new int[10 * n];
    intW found = new intW(0);
    intW info = new intW(0);
    NETLIB.dsyevr(
        "V",
        "A",
        "U",
        n,
        matrix,
        n,
        0,
        0,
        0,
        0,
        0,
        found,
        ascending,
        columns,
        n,
        new int[2 * n],
        work,
        work.length,
        intWork,
        intWork.length,
        info);
    if (info.val != 0 || found.val != n) {
      throw new IllegalStateException(
          "Cannot decompose a " + n + " x " + n + " matrix: dsyevr returned " + info.val);
    }
    values = new double[count];
    vectors = new double[count][];
    for (int i = 0; i < count; i++) {
      int at = n - 1 - i;
      values[i] = ascending[at];
      vectors[i] = Arrays.copyOfRange(columns, at * n, (at + 1) * n);
    }
  }
}
