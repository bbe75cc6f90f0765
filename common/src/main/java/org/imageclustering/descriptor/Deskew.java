package org.imageclustering.descriptor;

/**
 * Makes a slanted figure upright: rows are shifted in proportion to their distance from the centre
 * of brightness, {@code out(y, x) = in(y, x + s (y - y0))} with the slant {@code s = mu_11 / mu_02}
 * from the image's second moments (the shear of LeCun et al. 1998, "deslanting").
 *
 * <p>Meant for bright figures on a dark ground. An image without brightness, and one of a single
 * row, stays as it is; the slant is cut to [-1, 1], 45 degrees.
 */
final class Deskew {
  private static final double MOST = 1;

  private Deskew() {}

  /**
   * Returns the upright image. Values between pixels are interpolated linearly, those beyond the
   * border are the border's.
   *
   * @param values height x width x channels, HWC; not modified
   */
  static float[] of(float[] values, int height, int width, int channels) {
    double[] slant = slant(values, height, width, channels);
    if (slant[1] == 0) {
      return values;
    }
    float[] upright = new float[values.length];
    for (int y = 0; y < height; y++) {
      double shift = slant[1] * (y - slant[0]);
      for (int x = 0; x < width; x++) {
        double from = Math.max(0, Math.min(width - 1, x + shift));
        int left = (int) from;
        int right = Math.min(left + 1, width - 1);
        float share = (float) (from - left);
        for (int c = 0; c < channels; c++) {
          float a = values[(y * width + left) * channels + c];
          float b = values[(y * width + right) * channels + c];
          upright[(y * width + x) * channels + c] = a + share * (b - a);
        }
      }
    }
    return upright;
  }

  /** Returns the row of the centre of brightness and the slant. */
  private static double[] slant(float[] values, int height, int width, int channels) {
    double mass = 0;
    double sumX = 0;
    double sumY = 0;
    double sumXy = 0;
    double sumYy = 0;
    for (int y = 0; y < height; y++) {
      double row = 0;
      double rowX = 0;
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          float value = values[(y * width + x) * channels + c];
          row += value;
          rowX += (double) value * x;
        }
      }
      mass += row;
      sumX += rowX;
      sumY += row * y;
      sumXy += rowX * y;
      sumYy += row * y * y;
    }
    double centre = mass > 0 ? sumY / mass : 0;
    double variance = sumYy - centre * sumY;
    double slant = variance > 1e-9 * sumYy ? (sumXy - centre * sumX) / variance : 0;
    return new double[] {centre, Math.max(-MOST, Math.min(MOST, slant))};
  }
}
