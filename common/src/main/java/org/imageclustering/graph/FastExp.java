package org.imageclustering.graph;

/** The exponential function of what kernels need: fast, for numbers that are not positive. */
final class FastExp {
  /** Below this the result is no normal float. */
  private static final float LEAST = -87f;

  private static final float LOG2_E = 1.442695f;

  private FastExp() {}

  /**
   * Returns e^x in single precision: {@code 2^k 2^f} with a polynomial of degree 6 for f in [-1/2,
   * 1/2] (the series of 2^f). Relative error below 1e-5; 0 below x = -87.
   *
   * @param x at most 0
   */
  static float of(float x) {
    if (x < LEAST) {
      return 0f;
    }
    float t = x * LOG2_E;
    int k = (int) (t - 0.5f);
    float f = t - k;
    float p = 1.540353e-4f;
    p = p * f + 1.3333558e-3f;
    p = p * f + 0.009618129f;
    p = p * f + 0.05550411f;
    p = p * f + 0.2402265f;
    p = p * f + 0.6931472f;
    p = p * f + 1f;
    return p * Float.intBitsToFloat((k + 127) << 23);
  }
}
