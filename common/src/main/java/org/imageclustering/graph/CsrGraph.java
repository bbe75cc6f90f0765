package org.imageclustering.graph;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A weighted graph as compressed sparse rows: the affinity matrix W without its zeros. Row i holds
 * the neighbours of node i in ascending order, at the positions {@code rowStart[i] <= e <
 * rowStart[i + 1]} of {@link #columns()} and {@link #weights()}.
 *
 * <p>Memory: 8 bytes an entry and 4 a node; fewer than 2^31 entries. Safe for many threads.
 */
public final class CsrGraph implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int[] rowStart;
  private final int[] columns;
  private final float[] weights;

  /**
   * Wraps the arrays, not copied. Symmetry is the maker's promise; {@link #isSymmetric()} proves
   * it.
   *
   * @param rowStart n + 1 ascending positions, from 0 to the number of entries
   * @param columns the neighbours, strictly ascending within a row, no node its own neighbour
   * @param weights of the edges, positive and finite
   * @throws IllegalArgumentException if the arrays contradict each other; the message names the row
   */
  public CsrGraph(int[] rowStart, int[] columns, float[] weights) {
    this.rowStart = rowStart;
    this.columns = columns;
    this.weights = weights;
    int last = rowStart.length - 1;
    if (last < 0
        || rowStart[0] != 0
        || rowStart[last] != columns.length
        || columns.length != weights.length) {
      throw new IllegalArgumentException(
          "Cannot hold a graph: found "
              + columns.length
              + " columns and "
              + weights.length
              + " weights, expected what the last row start says");
    }
    for (int row = 0; row < last; row++) {
      checkRow(row);
    }
  }

  private void checkRow(int row) {
    int previous = -1;
    for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
      int column = columns[e];
      boolean placed = column > previous && column < nodes() && column != row;
      if (!placed || !(weights[e] > 0) || weights[e] == Float.POSITIVE_INFINITY) {
        throw new IllegalArgumentException(
            "Cannot hold a graph: found column "
                + column
                + " with weight "
                + weights[e]
                + " in row "
                + row
                + ", expected ascending columns other than the row and positive weights");
      }
      previous = column;
    }
  }

  /** Returns the number n of nodes. */
  public int nodes() {
    return rowStart.length - 1;
  }

  /** Returns the number of stored entries: twice the number of edges if the graph is symmetric. */
  public int nonZeros() {
    return columns.length;
  }

  /** Returns the n + 1 positions at which the rows start, not a copy. */
  public int[] rowStart() {
    return rowStart;
  }

  /** Returns the neighbours of all rows, not a copy. */
  public int[] columns() {
    return columns;
  }

  /** Returns the weights of all rows, not a copy. */
  public float[] weights() {
    return weights;
  }

  /** Returns the n sums of the rows, {@code d_i = sum_j w_ij}. */
  public double[] degrees() {
    double[] degrees = new double[nodes()];
    for (int row = 0; row < degrees.length; row++) {
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        degrees[row] += weights[e];
      }
    }
    return degrees;
  }

  /** Returns the nodes without any neighbour, ascending. */
  public int[] isolated() {
    int[] isolated = new int[nodes()];
    int count = 0;
    for (int row = 0; row < nodes(); row++) {
      if (rowStart[row] == rowStart[row + 1]) {
        isolated[count++] = row;
      }
    }
    return Arrays.copyOf(isolated, count);
  }

  /** Returns the graph with every edge turned round (W^T), in time linear in the entries. */
  public CsrGraph transpose() {
    return transpose(rowStart, columns, weights);
  }

  /** Returns whether W = W^T, bit for bit. */
  public boolean isSymmetric() {
    CsrGraph turned = transpose();
    return Arrays.equals(rowStart, turned.rowStart)
        && Arrays.equals(columns, turned.columns)
        && Arrays.equals(weights, turned.weights);
  }

  /**
   * Returns W^T for rows whose columns stand in any order: a counting sort by column, which leaves
   * the columns of every row of the result ascending.
   */
  static CsrGraph transpose(int[] rowStart, int[] columns, float[] weights) {
    int[] next = new int[rowStart.length + 1];
    for (int column : columns) {
      next[column + 2]++;
    }
    for (int row = 2; row < next.length; row++) {
      next[row] += next[row - 1];
    }
    // next[c + 1] is where column c goes on; after the loop it is where column c + 1 starts.
    int[] turnedColumns = new int[columns.length];
    float[] turnedWeights = new float[columns.length];
    for (int row = 0; row < rowStart.length - 1; row++) {
      for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
        int at = next[columns[e] + 1]++;
        turnedColumns[at] = row;
        turnedWeights[at] = weights[e];
      }
    }
    return new CsrGraph(Arrays.copyOf(next, rowStart.length), turnedColumns, turnedWeights);
  }
}
