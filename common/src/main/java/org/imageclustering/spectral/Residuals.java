package org.imageclustering.spectral;

import org.imageclustering.linalg.Parallel;

/** The norms {@code ||A v - lambda v||} that say how good eigenpairs are. */
final class Residuals {
  private static final int PART = 4096;

  private Residuals() {}

  /**
   * Returns the residual norms of the first {@code values.length} columns, summed in double
   * precision.
   *
   * @param vectors whose columns have norm 1; not modified
   * @param x room for a panel; overwritten
   * @param y room for a panel; overwritten
   */
  static double[] of(SymmetricOperator matrix, double[] values, Block vectors, Panel x, Panel y) {
    double[] residuals = new double[values.length];
    for (int from = 0; from < values.length; from += Panel.WIDTH) {
      int width = Math.min(Panel.WIDTH, values.length - from);
      vectors.copyTo(x.values(width), from, width);
      matrix.multiply(width, x.values(width), y.values(width));
      double[] squares = squares(values, from, width, x.values(width), y.values(width));
      for (int c = 0; c < width; c++) {
        residuals[from + c] = Math.sqrt(squares[c]);
      }
    }
    return residuals;
  }

  private static double[] squares(double[] values, int first, int width, float[] x, float[] y) {
    int n = x.length / width;
    double[][] parts = new double[Parallel.chunks(n, PART)][];
    Parallel.forChunks(
        n,
        PART,
        (chunk, from, until) -> {
          double[] sum = new double[width];
          for (int i = from; i < until; i++) {
            for (int c = 0; c < width; c++) {
              double r = y[i * width + c] - values[first + c] * x[i * width + c];
              sum[c] += r * r;
            }
          }
          parts[chunk] = sum;
        });
    double[] total = new double[width];
    for (double[] part : parts) {
      for (int c = 0; c < width; c++) {
        total[c] += part[c];
      }
    }
    return total;
  }
}
