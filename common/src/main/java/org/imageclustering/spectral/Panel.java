package org.imageclustering.spectral;

/**
 * Room for a few columns of a block, stored by themselves: what one product with the matrix works
 * on. 32 floats are two cache lines, and a panel of some hundred thousand rows stays in the cache
 * that the cores share.
 */
final class Panel {
  static final int WIDTH = 32;

  private final int n;
  private float[] values;

  Panel(int n) {
    this.n = n;
    this.values = new float[0];
  }

  /** Returns the n x width array; a call with another width throws the contents away. */
  float[] values(int width) {
    if (values.length != n * width) {
      values = new float[Math.multiplyExact(n, width)];
    }
    return values;
  }
}
