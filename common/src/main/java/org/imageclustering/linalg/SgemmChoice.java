package org.imageclustering.linalg;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the kernel once a JVM and says which one runs. The native one must agree with a plain
 * loop first: old kernels have been wrong on processors newer than themselves.
 */
final class SgemmChoice {
  private static final Logger LOG = LoggerFactory.getLogger(Sgemm.class);
  private static final int[][] ODD_SIZES = {{1, 1, 1}, {5, 3, 7}, {33, 17, 121}, {67, 51, 259}};
  private static final double TOLERANCE_PER_TERM = 1e-6;

  static final Sgemm CHOSEN = choose();

  private SgemmChoice() {}

  private static Sgemm choose() {
    Sgemm chosen = new JavaSgemm();
    try {
      Sgemm nativeKernel = new OpenBlasSgemm();
      if (isRight(nativeKernel)) {
        chosen = nativeKernel;
      } else {
        LOG.warn(
            "Not used: {} gives wrong products on this processor (OPENBLAS_CORETYPE names another"
                + " kernel); the slower Java kernel is used",
            nativeKernel.description());
      }
    } catch (LinkageError e) {
      LOG.warn(
          "No native BLAS on this platform ({}); the slower Java kernel is used", e.toString());
    }
    LOG.info("Matrix products by {}", chosen.description());
    return chosen;
  }

  /** Tells whether the products of odd sizes agree with a plain loop within rounding. */
  static boolean isRight(Sgemm kernel) {
    for (int[] size : ODD_SIZES) {
      int m = size[0];
      int n = size[1];
      int d = size[2];
      float[] a = numbers(m * d);
      float[] b = numbers(n * d);
      if (!areRight(kernel, m, n, d, a, b)) {
        return false;
      }
    }
    return true;
  }

  private static boolean areRight(Sgemm kernel, int m, int n, int d, float[] a, float[] b) {
    float[] c = new float[m * n];
    kernel.timesTransposed(m, n, d, a, 0, b, 0, c);
    boolean right = agrees(m, n, d, a, b, c);
    kernel.times(m, n, d, a, transposed(b, n, d), c);
    right &= agrees(m, n, d, a, b, c);
    kernel.transposedTimes(m, n, d, transposed(a, m, d), 0, transposed(b, n, d), 0, c);
    return right && agrees(m, n, d, a, b, c);
  }

  private static boolean agrees(int m, int n, int d, float[] a, float[] b, float[] c) {
    for (int at = 0; at < m * n; at++) {
      double dot = 0;
      for (int j = 0; j < d; j++) {
        dot += (double) a[at / n * d + j] * b[at % n * d + j];
      }
      if (!(Math.abs(c[at] - dot) <= TOLERANCE_PER_TERM * (d + 1))) {
        return false;
      }
    }
    return true;
  }

  /** Returns numbers in [-1, 1) that do not repeat with the sizes. */
  private static float[] numbers(int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (i * 7919 % 1009) / 504.5f - 1;
    }
    return numbers;
  }

  private static float[] transposed(float[] matrix, int rows, int columns) {
    float[] transposed = new float[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      transposed[i % columns * rows + i / columns] = matrix[i];
    }
    return transposed;
  }
}
