package org.imageclustering.spectral;

import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;

/**
 * The eigenpairs that an orthonormal block holds, by one product with the matrix: rotation to the
 * Ritz vectors, their values and residuals (Golub and Van Loan 2013).
 */
final class RitzPairs {
  private RitzPairs() {}

  /**
   * Returns the {@code count} largest Ritz pairs.
   *
   * @param block orthonormal; overwritten
   */
  static EigenPairs largest(SymmetricOperator matrix, Block block, int count) {
    int n = matrix.dimension();
    int w = block.width();
    Block image = new Block(n, w);
    matrix.multiply(w, block.values(), image.values());
    double[] projected = block.transposedTimes(w, image.values());
    for (int i = 0; i < w; i++) {
      for (int j = 0; j < i; j++) {
        double mean = (projected[i * w + j] + projected[j * w + i]) / 2;
        projected[i * w + j] = mean;
        projected[j * w + i] = mean;
      }
    }
    SmallEigen ritz = new SmallEigen(w, projected, w);
    float[] rotation = new float[w * w];
    for (int c = 0; c < w; c++) {
      for (int i = 0; i < w; i++) {
        rotation[i * w + c] = (float) ritz.vectors[c][i];
      }
    }
    block.timesInPlace(rotation);
    image.timesInPlace(rotation);
    double[] values = Arrays.copyOf(ritz.values, count);
    double[] residuals = residuals(block, image, values);
    FloatMatrix vectors = FloatMatrix.zeros(n, count);
    block.copyTo(vectors.values(), 0, count);
    Signs.fixInPlace(vectors);
    return new EigenPairs(values, vectors, residuals);
  }

  private static double[] residuals(Block block, Block image, double[] values) {
    int w = block.width();
    double[] squares = new double[values.length];
    for (int row = 0; row < block.values().length; row += w) {
      for (int c = 0; c < squares.length; c++) {
        double r = image.values()[row + c] - values[c] * block.values()[row + c];
        squares[c] += r * r;
      }
    }
    return Arrays.stream(squares).map(Math::sqrt).toArray();
  }
}
