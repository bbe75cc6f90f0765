package org.imageclustering.spectral;

import org.imageclustering.linalg.Parallel;

/**
 * A block of w vectors of n entries, row-major in single precision, with the dense operations that
 * a Rayleigh-Ritz step needs. Products of tiles are single precision on all cores, sums over tiles
 * double, and the tiles and the order of the sums depend on n alone: the same result on any number
 * of cores.
 */
final class Block {
  private static final int TILE = RowPart.TILE;

  private final int n;
  private final int width;
  private final float[] values;

  Block(int n, int width) {
    this(n, width, new float[Math.multiplyExact(n, width)]);
  }

  /** The block that an array holds, which is kept. */
  Block(int n, int width, float[] values) {
    this.n = n;
    this.width = width;
    this.values = values;
  }

  int width() {
    return width;
  }

  float[] values() {
    return values;
  }

  /**
   * Fills the columns {@code from <= c < width} with numbers of [-1, 1), a function of (seed, row).
   */
  void randomise(int from, long seed) {
    Parallel.forChunks(
        n,
        TILE,
        (chunk, first, until) -> {
          float[] numbers = new float[width];
          for (int i = first; i < until; i++) {
            RowPart.randomise(seed, i, numbers);
            System.arraycopy(numbers, from, values, i * width + from, width - from);
          }
        });
  }

  /** Copies the columns {@code from <= c < from + panelWidth} to a panel. */
  void copyTo(float[] panel, int from, int panelWidth) {
    Parallel.forChunks(
        n,
        TILE,
        (chunk, first, until) -> {
          for (int i = first; i < until; i++) {
            System.arraycopy(values, i * width + from, panel, i * panelWidth, panelWidth);
          }
        });
  }

  /** Copies a panel to the columns {@code from <= c < from + panelWidth}. */
  void copyFrom(float[] panel, int from, int panelWidth) {
    Parallel.forChunks(
        n,
        TILE,
        (chunk, first, until) -> {
          for (int i = first; i < until; i++) {
            System.arraycopy(panel, i * panelWidth, values, i * width + from, panelWidth);
          }
        });
  }

  /** Returns {@code X^T Y}, width x otherWidth, row-major, for another n x otherWidth block. */
  double[] transposedTimes(int otherWidth, float[] other) {
    int size = width * otherWidth;
    int part = RowPart.rows(n);
    double[][] sums = new double[Parallel.chunks(n, part)][];
    Parallel.forChunks(
        n,
        part,
        (chunk, from, until) ->
            sums[chunk] = RowPart.transposedTimes(values, width, other, otherWidth, from, until));
    double[] total = new double[size];
    for (double[] sum : sums) {
      for (int i = 0; i < size; i++) {
        total[i] += sum[i];
      }
    }
    return total;
  }

  /** Replaces the block by {@code X U}, for a width x width matrix U, row-major. */
  void timesInPlace(float[] matrix) {
    Parallel.forChunks(
        n, TILE, (chunk, from, until) -> RowPart.times(values, width, matrix, from, until, values));
  }
}
