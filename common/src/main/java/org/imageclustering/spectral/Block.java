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
    RandomRows rows = new RandomRows(seed);
    Parallel.forChunks(
        n,
        TILE,
        (chunk, first, until) -> {
          float[] numbers = new float[width];
          for (int i = first; i < until; i++) {
            rows.draw(i, numbers);
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

  /** What is done with some columns of X and of A X, each n x panelWidth. */
  @FunctionalInterface
  interface ImageUse {
    void accept(int from, int panelWidth, float[] columns, float[] image);
  }

  /** Passes the first columns of X, and of A X, a panel at a time. */
  void forImages(SymmetricOperator matrix, int columns, Panel x, Panel y, ImageUse use) {
    for (int from = 0; from < columns; from += Panel.WIDTH) {
      int panelWidth = Math.min(Panel.WIDTH, columns - from);
      copyTo(x.values(panelWidth), from, panelWidth);
      matrix.multiply(panelWidth, x.values(panelWidth), y.values(panelWidth));
      use.accept(from, panelWidth, x.values(panelWidth), y.values(panelWidth));
    }
  }

  /** Returns {@code X^T Y}, width x otherWidth, row-major, for another n x otherWidth block. */
  double[] transposedTimes(int otherWidth, float[] other) {
    int part = RowPart.rows(n);
    double[][] sums = new double[Parallel.chunks(n, part)][];
    Parallel.forChunks(
        n,
        part,
        (chunk, from, until) ->
            sums[chunk] = RowPart.transposedTimes(values, width, other, otherWidth, from, until));
    double[] total = new double[width * otherWidth];
    for (double[] sum : sums) {
      RowPart.add(total, sum);
    }
    return total;
  }

  /** Replaces the block by {@code X U}, for a width x width matrix U, row-major. */
  void timesInPlace(float[] matrix) {
    Parallel.forChunks(
        n, TILE, (chunk, from, until) -> RowPart.times(values, width, matrix, from, until, values));
  }
}
