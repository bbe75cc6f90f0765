package org.imageclustering.spectral;

import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;

/** The sign of an eigenvector, which the mathematics leaves open. */
final class Signs {
  private Signs() {}

  /**
   * Turns every column so that its entry of largest absolute value, the first such, is positive.
   */
  static void fixInPlace(FloatMatrix vectors) {
    int width = vectors.columns();
    float[] values = vectors.values();
    float[] extreme = Arrays.copyOf(values, width);
    for (int i = 0; i < values.length; i++) {
      int c = i % width;
      if (Math.abs(values[i]) > Math.abs(extreme[c])) {
        extreme[c] = values[i];
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (extreme[i % width] < 0) {
        values[i] = -values[i];
      }
    }
  }
}
