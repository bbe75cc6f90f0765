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
    vectors.forImages(
        matrix,
        values.length,
        x,
        y,
        (from, width, columns, image) -> {
          double[] squares = squares(values, from, width, columns, image);
          for (int c = 0; c < width; c++) {
            residuals[from + c] = Math.sqrt(squares[c]);
          }
        });
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
      RowPart.add(total, part);
    }
    return total;
  }
}
