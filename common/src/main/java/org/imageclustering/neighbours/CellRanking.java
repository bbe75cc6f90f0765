package org.imageclustering.neighbours;

import java.io.Serializable;
import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Sgemm;

/**
 * The cells nearest to a query, by their centres. All products have one shape, so that a query's
 * cells do not depend on the other queries.
 */
final class CellRanking implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ROWS = 96;

  private final FloatMatrix centres;
  private final float[] halfNorms;
  private final int probes;

  CellRanking(FloatMatrix centres, int probes) {
    this.centres = centres;
    this.probes = probes;
    this.halfNorms = new float[centres.rows()];
    for (int c = 0; c < halfNorms.length; c++) {
      halfNorms[c] = (float) (PointSet.squaredNorm(centres, c, c) / 2);
    }
  }

  int cells() {
    return centres.rows();
  }

  int probes() {
    return probes;
  }

  /** Returns the probed cells of every query, m x probes, nearest first, ties by number. */
  int[] rank(FloatMatrix queries) {
    int d = queries.columns();
    int[] ranked = new int[Math.multiplyExact(queries.rows(), probes)];
    float[] products = new float[ROWS * cells()];
    float[] block = new float[ROWS * d];
    float[] best = new float[probes];
    for (int from = 0; from < queries.rows(); from += ROWS) {
      int rows = Math.min(ROWS, queries.rows() - from);
      System.arraycopy(queries.values(), queries.offset(from), block, 0, rows * d);
      Sgemm.get().timesTransposed(ROWS, cells(), d, block, 0, centres.values(), 0, products);
      for (int i = 0; i < rows; i++) {
        select(products, i * cells(), best, ranked, (from + i) * probes);
      }
    }
    return ranked;
  }

  /**
   * Returns for each query how many cells are nearer to it than each of the given ones, in the
   * order of {@link #rank}.
   *
   * @param cells m x k cell numbers
   */
  int[] ranksOf(FloatMatrix queries, int k, int[] cells) {
    int[] ranks = new int[cells.length];
    float[] products = new float[cells()];
    float[] query = new float[queries.columns()];
    for (int i = 0; i < queries.rows(); i++) {
      System.arraycopy(queries.values(), queries.offset(i), query, 0, query.length);
      Sgemm.get()
          .timesTransposed(1, cells(), query.length, query, 0, centres.values(), 0, products);
      for (int at = i * k; at < (i + 1) * k; at++) {
        ranks[at] = rankOf(cells[at], products);
      }
    }
    return ranks;
  }

  private int rankOf(int cell, float[] products) {
    float own = products[cell] - halfNorms[cell];
    int rank = 0;
    for (int c = 0; c < halfNorms.length; c++) {
      float score = products[c] - halfNorms[c];
      rank += score > own || (score == own && c < cell) ? 1 : 0;
    }
    return rank;
  }

  private void select(float[] products, int offset, float[] best, int[] ranked, int at) {
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    int last = probes - 1;
    for (int c = 0; c < halfNorms.length; c++) {
      float score = products[offset + c] - halfNorms[c];
      if (score > best[last] || c <= last) {
        int i = Math.min(c, last);
        while (i > 0 && best[i - 1] < score) {
          best[i] = best[i - 1];
          ranked[at + i] = ranked[at + i - 1];
          i--;
        }
        best[i] = score;
        ranked[at + i] = c;
      }
    }
  }
}
