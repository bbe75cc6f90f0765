package org.imageclustering.partition;

import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Sgemm;

/**
 * The nearest centre of every point: {@code |x - c|^2 = |x|^2 - 2 (x.c - |c|^2 / 2)}, so the
 * largest {@code x.c - |c|^2 / 2}. All products have one shape, so that a point's centre does not
 * depend on which points stand beside it. A tie goes to the lower number.
 */
final class NearestCentres {
  private static final int CHUNK = 4096;
  private static final int BLOCK_FLOATS = 1 << 16;
  private static final int ROW_UNIT = 16;

  private final FloatMatrix centres;
  private final float[] halfNorms;
  private final int blockRows;

  NearestCentres(FloatMatrix centres) {
    this.centres = centres;
    this.halfNorms = halfSquaredNorms(centres);
    int units = BLOCK_FLOATS / Math.max(centres.rows(), centres.columns()) / ROW_UNIT;
    this.blockRows = Math.max(1, Math.min(32, units)) * ROW_UNIT;
  }

  /**
   * Writes each point's nearest centre and its squared distance.
   *
   * @param norms n squared lengths of the points
   */
  void find(FloatMatrix points, float[] norms, int[] nearest, float[] squaredDistances) {
    Parallel.forChunks(
        points.rows(),
        CHUNK,
        (chunk, from, until) -> {
          float[] products = new float[blockRows * centres.rows()];
          for (int row = from; row < until; row += blockRows) {
            int rows = Math.min(blockRows, until - row);
            multiply(points, row, products);
            for (int i = 0; i < rows; i++) {
              int best = largest(products, i * centres.rows());
              float score = products[i * centres.rows() + best] - halfNorms[best];
              nearest[row + i] = best;
              squaredDistances[row + i] = Math.max(0f, norms[row + i] - 2 * score);
            }
          }
        });
  }

  private void multiply(FloatMatrix points, int row, float[] products) {
    int d = points.columns();
    float[] rows = points.values();
    int offset = points.offset(row);
    if (points.rows() - row < blockRows) {
      rows = new float[blockRows * d];
      System.arraycopy(points.values(), offset, rows, 0, points.values().length - offset);
      offset = 0;
    }
    Sgemm.get()
        .timesTransposed(blockRows, centres.rows(), d, rows, offset, centres.values(), 0, products);
  }

  private int largest(float[] products, int offset) {
    int best = 0;
    float bestScore = products[offset] - halfNorms[0];
    for (int c = 1; c < halfNorms.length; c++) {
      float score = products[offset + c] - halfNorms[c];
      if (score > bestScore) {
        bestScore = score;
        best = c;
      }
    }
    return best;
  }

  private static float[] halfSquaredNorms(FloatMatrix matrix) {
    float[] norms = squaredNorms(matrix);
    for (int i = 0; i < norms.length; i++) {
      norms[i] /= 2;
    }
    return norms;
  }

  /** Returns the squared length of every row. */
  static float[] squaredNorms(FloatMatrix matrix) {
    float[] norms = new float[matrix.rows()];
    Parallel.forChunks(
        matrix.rows(),
        CHUNK,
        (chunk, from, until) -> {
          for (int i = from; i < until; i++) {
            norms[i] = (float) squaredNorm(matrix, i);
          }
        });
    return norms;
  }

  private static double squaredNorm(FloatMatrix matrix, int row) {
    double sum = 0;
    for (int j = matrix.offset(row); j < matrix.offset(row) + matrix.columns(); j++) {
      sum += (double) matrix.values()[j] * matrix.values()[j];
    }
    return sum;
  }
}
