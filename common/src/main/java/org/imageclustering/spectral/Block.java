package org.imageclustering.spectral;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Sgemm;

/**
 * A block of w vectors of n entries, row-major in single precision, with the dense operations that
 * a Rayleigh-Ritz step needs. Products of tiles are single precision on all cores, sums over tiles
 * double, and the tiles and the order of the sums depend on n alone: the same result on any number
 * of cores.
 */
final class Block {
  private static final int TILE = 512;
  private static final int PARTS = 64;

  private final int n;
  private final int width;
  private final float[] values;

  Block(int n, int width) {
    this.n = n;
    this.width = width;
    this.values = new float[Math.multiplyExact(n, width)];
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
    // Neighbouring seeds, as they are, would give a row the same numbers a column further on.
    long start = new SplittableRandom(seed).nextLong();
    Parallel.forChunks(
        n,
        TILE,
        (chunk, first, until) -> {
          for (int i = first; i < until; i++) {
            SplittableRandom random = new SplittableRandom(start + i);
            for (int c = 0; c < width; c++) {
              float value = (float) random.nextDouble(-1, 1);
              values[i * width + c] = c < from ? values[i * width + c] : value;
            }
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
    int part = Math.max(TILE, Parallel.chunks(n, PARTS));
    double[][] sums = new double[Parallel.chunks(n, part)][];
    Parallel.forChunks(
        n,
        part,
        (chunk, from, until) -> sums[chunk] = partialProduct(from, until, otherWidth, other));
    double[] total = new double[size];
    for (double[] sum : sums) {
      for (int i = 0; i < size; i++) {
        total[i] += sum[i];
      }
    }
    return total;
  }

  private double[] partialProduct(int from, int until, int otherWidth, float[] other) {
    double[] sum = new double[width * otherWidth];
    float[] product = new float[width * otherWidth];
    for (int row = from; row < until; row += TILE) {
      int rows = Math.min(TILE, until - row);
      Sgemm.get()
          .transposedTimes(
              width, otherWidth, rows, values, row * width, other, row * otherWidth, product);
      for (int i = 0; i < product.length; i++) {
        sum[i] += product[i];
      }
    }
    return sum;
  }

  /** Replaces the block by {@code X U}, for a width x width matrix U, row-major. */
  void timesInPlace(float[] matrix) {
    Parallel.forChunks(
        n,
        TILE,
        (chunk, from, until) -> {
          int rows = until - from;
          float[] old = Arrays.copyOfRange(values, from * width, until * width);
          float[] product = new float[rows * width];
          Sgemm.get().times(rows, width, width, old, matrix, product);
          System.arraycopy(product, 0, values, from * width, product.length);
        });
  }
}
