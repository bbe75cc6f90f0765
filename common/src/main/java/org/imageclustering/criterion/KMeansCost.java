package org.imageclustering.criterion;

import org.imageclustering.linalg.FloatMatrix;

/**
 * The cost that k-means lowers: the sum of the squared distances of the points to the mean of their
 * cluster. Smaller is better; comparable only between partitions of the same points.
 */
public final class KMeansCost {
  private KMeansCost() {}

  /**
   * Returns the sum of |x_i|² - sum_c |sum of c|² / |c|, which is the cost (in double precision,
   * never below 0).
   *
   * @param points n x d; not modified
   * @param labels n cluster numbers in {@code 0..clusters-1}; not modified
   */
  public static double of(FloatMatrix points, int[] labels, int clusters) {
    int d = points.columns();
    float[] x = points.values();
    double[] sums = new double[clusters * d];
    int[] sizes = new int[clusters];
    double squares = 0;
    for (int i = 0; i < labels.length; i++) {
      int row = labels[i] * d;
      sizes[labels[i]]++;
      for (int j = 0; j < d; j++) {
        double value = x[i * d + j];
        sums[row + j] += value;
        squares += value * value;
      }
    }
    return Math.max(0, squares - squaresOfMeans(sums, sizes, d));
  }

  private static double squaresOfMeans(double[] sums, int[] sizes, int d) {
    double explained = 0;
    for (int c = 0; c < sizes.length; c++) {
      double square = 0;
      for (int j = 0; j < d; j++) {
        square += sums[c * d + j] * sums[c * d + j];
      }
      explained += sizes[c] == 0 ? 0 : square / sizes[c];
    }
    return explained;
  }
}
