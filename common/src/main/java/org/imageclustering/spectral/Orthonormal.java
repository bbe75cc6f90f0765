package org.imageclustering.spectral;

/**
 * The QR retraction: from a block of independent columns to an orthonormal one of the same span.
 */
final class Orthonormal {
  private Orthonormal() {}

  /**
   * Replaces X by {@code Q = X R^-1} with R the upper triangular Cholesky factor of {@code X^T X},
   * whose diagonal is positive: the Q of the QR decomposition. O(n w^2); the Gram matrix and R are
   * double precision.
   *
   * @throws IllegalStateException if the columns depend on each other
   */
  static void retractInPlace(Block block) {
    int w = block.width();
    double[] r = block.transposedTimes(w, block.values());
    choleskyInPlace(w, r);
    block.timesInPlace(inverseOfUpper(w, r));
  }

  /** Replaces the upper triangle of a symmetric matrix by R with {@code R^T R} equal to it. */
  private static void choleskyInPlace(int w, double[] r) {
    for (int i = 0; i < w; i++) {
      for (int j = i; j < w; j++) {
        double sum = (r[i * w + j] + r[j * w + i]) / 2;
        if (j > i) {
          sum = r[i * w + j];
        }
        for (int k = 0; k < i; k++) {
          sum -= r[k * w + i] * r[k * w + j];
        }
        if (j > i) {
          r[i * w + j] = sum / r[i * w + i];
        } else if (sum > 0) {
          r[i * w + i] = Math.sqrt(sum);
        } else {
          throw new IllegalStateException(
              "Cannot make a block orthonormal: found dependent column " + i + " of " + w);
        }
      }
    }
  }

  private static float[] inverseOfUpper(int w, double[] r) {
    double[] inverse = new double[w * w];
    for (int j = 0; j < w; j++) {
      inverse[j * w + j] = 1 / r[j * w + j];
      for (int i = j - 1; i >= 0; i--) {
        double sum = 0;
        for (int k = i + 1; k <= j; k++) {
          sum -= r[i * w + k] * inverse[k * w + j];
        }
        inverse[i * w + j] = sum / r[i * w + i];
      }
    }
    float[] rounded = new float[w * w];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) inverse[i];
    }
    return rounded;
  }
}
