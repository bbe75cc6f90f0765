package org.imageclustering.graph;

import java.util.Arrays;

/**
 * The symmetric graph of nearest neighbours (SA-Net Table 1, kNN). Time and memory are linear in
 * the number of neighbours: two counting sorts and one merge of sorted rows.
 */
public final class KnnGraph {
  private KnnGraph() {}

  /**
   * Returns the symmetric affinity matrix W of points from their nearest neighbours: ascending
   * columns, no loops, no zero weights. Nodes that end without a neighbour are in {@link
   * CsrGraph#isolated()}.
   *
   * @param self the neighbours of the points among themselves; a point that is listed as its own
   *     neighbour, and identifiers of -1, are passed over; not modified
   * @throws IllegalArgumentException if an identifier is no point or a row names one twice
   */
  public static CsrGraph of(Neighbours self, EdgeWeights weights, Symmetrisation symmetrisation) {
    return of(self, weights.of(self), symmetrisation);
  }

  /**
   * Returns it for weights that are given.
   *
   * @param weights count x k, one for each neighbour; an edge of weight 0 is none; not modified
   */
  public static CsrGraph of(Neighbours self, float[] weights, Symmetrisation symmetrisation) {
    CsrGraph back = directed(self, weights);
    return merge(back.transpose(), back, symmetrisation);
  }

  /** Returns the transposed matrix of the directed edges: row j lists the points that name j. */
  private static CsrGraph directed(Neighbours self, float[] weights) {
    int[] rowStart = new int[self.count() + 1];
    int[] columns = new int[weights.length];
    float[] kept = new float[weights.length];
    int count = 0;
    for (int row = 0; row < self.count(); row++) {
      for (int e = row * self.k(); e < (row + 1) * self.k(); e++) {
        int column = self.ids()[e];
        checkPoint(self, row, column);
        if (column >= 0 && column != row && weights[e] > 0) {
          columns[count] = column;
          kept[count++] = weights[e];
        }
      }
      rowStart[row + 1] = count;
    }
    return CsrGraph.transpose(rowStart, Arrays.copyOf(columns, count), Arrays.copyOf(kept, count));
  }

  private static void checkPoint(Neighbours self, int row, int column) {
    if (column >= self.count()) {
      throw new IllegalArgumentException(
          "Cannot make the graph: found neighbour "
              + column
              + " of point "
              + row
              + ", expected one of the "
              + self.count()
              + " points themselves");
    }
  }

  private static CsrGraph merge(CsrGraph there, CsrGraph back, Symmetrisation symmetrisation) {
    int[] rowStart = new int[there.nodes() + 1];
    int[] columns = new int[Math.addExact(there.nonZeros(), back.nonZeros())];
    float[] weights = new float[columns.length];
    int count = 0;
    for (int row = 0; row < there.nodes(); row++) {
      int a = there.rowStart()[row];
      int b = back.rowStart()[row];
      while (a < there.rowStart()[row + 1] || b < back.rowStart()[row + 1]) {
        int left = a < there.rowStart()[row + 1] ? there.columns()[a] : Integer.MAX_VALUE;
        int right = b < back.rowStart()[row + 1] ? back.columns()[b] : Integer.MAX_VALUE;
        float weight =
            symmetrisation.of(
                left <= right ? there.weights()[a++] : 0f,
                right <= left ? back.weights()[b++] : 0f);
        if (weight > 0) {
          columns[count] = Math.min(left, right);
          weights[count++] = weight;
        }
      }
      rowStart[row + 1] = count;
    }
    return new CsrGraph(rowStart, Arrays.copyOf(columns, count), Arrays.copyOf(weights, count));
  }
}
