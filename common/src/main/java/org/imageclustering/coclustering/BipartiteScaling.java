package org.imageclustering.coclustering;

import org.imageclustering.linalg.SparseRows;

/** From A to {@code A_n = D1^-1/2 A D2^-1/2} (Algorithm 1, steps 2 and 3), a block at a time. */
public final class BipartiteScaling {
  private BipartiteScaling() {}

  /**
   * Returns a block's rows of A_n; the places are shared.
   *
   * @param block rows of A, each with an entry above 0; not modified
   * @param columnSums n sums of all of A's columns; not modified
   */
  public static SparseRows normalised(SparseRows block, double[] columnSums) {
    float[] scaled = new float[block.nonZeros()];
    for (int row = 0; row < block.rows(); row++) {
      double sum = 0;
      for (int e = block.rowStart()[row]; e < block.rowStart()[row + 1]; e++) {
        sum += block.values()[e];
      }
      for (int e = block.rowStart()[row]; e < block.rowStart()[row + 1]; e++) {
        double column = columnSums[block.columns()[e]];
        scaled[e] = (float) (block.values()[e] / Math.sqrt(sum * column));
      }
    }
    return block.withValues(scaled);
  }

  /** Adds a block's column sums, in the order of its rows. */
  public static void addColumnSums(SparseRows block, double[] sums) {
    for (int e = 0; e < block.nonZeros(); e++) {
      sums[block.columns()[e]] += block.values()[e];
    }
  }
}
