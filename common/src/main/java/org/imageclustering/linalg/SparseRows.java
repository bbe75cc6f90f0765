package org.imageclustering.linalg;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A block of rows of a sparse matrix in single precision (CSR): row r has the columns {@code
 * columns[rowStart[r]] .. columns[rowStart[r + 1] - 1]}, ascending. Holds its arrays without
 * copying; 8 bytes a non-zero.
 */
public final class SparseRows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Columns of a block of vectors that are summed in variables of their own. */
  private static final int STRIP = 8;

  private final int width;
  private final int[] rowStart;
  private final int[] columns;
  private final float[] values;

  /**
   * Wraps the arrays.
   *
   * @param width the number of the matrix's columns
   * @param rowStart one more entry than rows, the last one the number of non-zeros
   */
  public SparseRows(int width, int[] rowStart, int[] columns, float[] values) {
    this.width = width;
    this.rowStart = rowStart;
    this.columns = columns;
    this.values = values;
  }

  /** Returns the number of rows. */
  public int rows() {
    return rowStart.length - 1;
  }

  /** Returns the number of columns of the matrix. */
  public int width() {
    return width;
  }

  /** Returns the number of entries that are stored. */
  public int nonZeros() {
    return values.length;
  }

  /** Returns where the rows start in {@link #columns()} and {@link #values()}, not a copy. */
  public int[] rowStart() {
    return rowStart;
  }

  /** Returns the entries' columns, not a copy. */
  public int[] columns() {
    return columns;
  }

  /** Returns the entries, not a copy. */
  public float[] values() {
    return values;
  }

  /**
   * Adds {@code B^T (B X)} of this block B: each row is read twice while it is in the cache, and
   * nothing of size rows x vectors is kept. Sums run in the order of the rows.
   *
   * @param vectors the number b of vectors
   * @param x width x b, row-major; not modified
   * @param y width x b, row-major; added to
   */
  public void addGram(int vectors, float[] x, float[] y) {
    for (int row = 0; row < rows(); row++) {
      int from = rowStart[row];
      int until = rowStart[row + 1];
      int first = 0;
      for (; first + STRIP <= vectors; first += STRIP) {
        addStrip(from, until, vectors, first, x, y);
      }
      for (int c = first; c < vectors; c++) {
        addSingle(from, until, vectors, c, x, y);
      }
    }
  }

  private void addSingle(int from, int until, int vectors, int c, float[] x, float[] y) {
    float sum = 0;
    for (int e = from; e < until; e++) {
      sum += values[e] * x[columns[e] * vectors + c];
    }
    for (int e = from; e < until; e++) {
      y[columns[e] * vectors + c] += values[e] * sum;
    }
  }

  private void addStrip(int from, int until, int vectors, int first, float[] x, float[] y) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int e = from; e < until; e++) {
      float value = values[e];
      int at = columns[e] * vectors + first;
      s0 += value * x[at];
      s1 += value * x[at + 1];
      s2 += value * x[at + 2];
      s3 += value * x[at + 3];
      s4 += value * x[at + 4];
      s5 += value * x[at + 5];
      s6 += value * x[at + 6];
      s7 += value * x[at + 7];
    }
    for (int e = from; e < until; e++) {
      float value = values[e];
      int at = columns[e] * vectors + first;
      y[at] += value * s0;
      y[at + 1] += value * s1;
      y[at + 2] += value * s2;
      y[at + 3] += value * s3;
      y[at + 4] += value * s4;
      y[at + 5] += value * s5;
      y[at + 6] += value * s6;
      y[at + 7] += value * s7;
    }
  }

  /**
   * Adds rows {@code from} to {@code until - 1} of {@code B^T B} of this block B, of each the
   * entries from the diagonal on. Sums run in the order of B's rows.
   *
   * @param sums (until - from) x width, row-major; added to
   */
  public void addUpperGram(int from, int until, double[] sums) {
    for (int row = 0; row < rows(); row++) {
      int end = rowStart[row + 1];
      int first = Arrays.binarySearch(columns, rowStart[row], end, from);
      for (int e = first < 0 ? -first - 1 : first; e < end && columns[e] < until; e++) {
        double value = values[e];
        int at = (columns[e] - from) * width;
        for (int f = e; f < end; f++) {
          sums[at + columns[f]] += value * values[f];
        }
      }
    }
  }
}
