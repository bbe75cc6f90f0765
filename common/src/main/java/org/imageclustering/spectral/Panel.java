package org.imageclustering.spectral;

/**
 * Room for a few columns of a block, stored by themselves: what one product with the matrix works
 * on. 48 floats are three cache lines that lie together, which memory gives faster than one or two
 * here and there, and a neighbour's index is read once for all of them.
 */
final class Panel {
  static final int WIDTH = 48;

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
