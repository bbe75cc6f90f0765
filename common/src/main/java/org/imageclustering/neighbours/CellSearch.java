package org.imageclustering.neighbours;

import java.util.Arrays;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Sgemm;

/**
 * One search through the cells, for one thread. Queries are taken in blocks, those of one cell side
 * by side. Within a block the search is turned around: a cell is multiplied once with all queries
 * that probe it. Every query meets its nearest cell first, so that its threshold is high from then
 * on.
 */
final class CellSearch {
  private static final int MOST_SLOTS = 8192;
  private static final int LEAST_SLOTS = 64;
  private static final int CANDIDATES_PER_BLOCK = 1 << 18;
  private static final int TILE_FLOATS = 1 << 16;
  private static final int LEAST_ROWS = 16;

  private final PointSet set;
  private final int[] starts;
  private final CellRanking ranking;
  private final int k;

  CellSearch(PointSet set, int[] starts, CellRanking ranking, int k) {
    this.set = set;
    this.starts = starts;
    this.ranking = ranking;
    this.k = k;
  }

  Neighbours search(FloatMatrix queries) {
    int m = queries.rows();
    int[] probed = ranking.rank(queries);
    int[] order = byFirstCell(probed, m);
    int[] ids = new int[Math.multiplyExact(m, k)];
    float[] distances = new float[ids.length];
    int slots = Math.min(MOST_SLOTS, Math.max(LEAST_SLOTS, CANDIDATES_PER_BLOCK / k));
    Block block = new Block(queries, probed, Math.min(slots, m));
    for (int from = 0; from < m; from += slots) {
      int[] rows = Arrays.copyOfRange(order, from, Math.min(m, from + slots));
      block.search(rows);
      for (int slot = 0; slot < rows.length; slot++) {
        block.candidates.finish(slot, ids, distances, rows[slot] * k);
      }
    }
    return new Neighbours(m, k, ids, distances);
  }

  private int[] byFirstCell(int[] probed, int m) {
    int[] next = new int[ranking.cells() + 1];
    for (int i = 0; i < m; i++) {
      next[probed[i * ranking.probes()] + 1]++;
    }
    Arrays.parallelPrefix(next, Integer::sum);
    int[] order = new int[m];
    for (int i = 0; i < m; i++) {
      order[next[probed[i * ranking.probes()]]++] = i;
    }
    return order;
  }

  /** The queries that are worked on together, and their buffers. */
  private final class Block {
    private final FloatMatrix queries;
    private final int[] probed;
    private final Candidates candidates;
    private float[] gathered = new float[0];
    private float[] products = new float[0];

    Block(FloatMatrix queries, int[] probed, int slots) {
      this.queries = queries;
      this.probed = probed;
      this.candidates = new Candidates(set, k, slots);
    }

    void search(int[] rows) {
      candidates.begin(queries, rows);
      visit(rows, 0, 1);
      visit(rows, 1, ranking.probes());
    }

    /** Visits the cells of ranks {@code from <= r < until}, each with all that probe it. */
    private void visit(int[] rows, int from, int until) {
      int[] ends = new int[ranking.cells() + 1];
      for (int row : rows) {
        for (int r = from; r < until; r++) {
          ends[probed[row * ranking.probes() + r] + 1]++;
        }
      }
      Arrays.parallelPrefix(ends, Integer::sum);
      int[] visitors = new int[rows.length * (until - from)];
      for (int slot = 0; slot < rows.length; slot++) {
        for (int r = from; r < until; r++) {
          visitors[ends[probed[rows[slot] * ranking.probes() + r]]++] = slot;
        }
      }
      for (int cell = 0; cell < ranking.cells(); cell++) {
        scanCell(cell, rows, visitors, cell == 0 ? 0 : ends[cell - 1], ends[cell]);
      }
    }

    private void scanCell(int cell, int[] rows, int[] visitors, int from, int until) {
      int size = starts[cell + 1] - starts[cell];
      if (size == 0) {
        return;
      }
      int tile = Math.max(LEAST_ROWS, TILE_FLOATS / Math.max(size, queries.columns()));
      for (int first = from; first < until; first += tile) {
        scanTile(cell, rows, visitors, first, Math.min(until, first + tile));
      }
    }

    private void scanTile(int cell, int[] rows, int[] visitors, int from, int until) {
      int d = queries.columns();
      int size = starts[cell + 1] - starts[cell];
      if (products.length < (until - from) * size) {
        products = new float[(until - from) * size];
      }
      if (gathered.length < (until - from) * d) {
        gathered = new float[(until - from) * d];
      }
      for (int v = from; v < until; v++) {
        int offset = queries.offset(rows[visitors[v]]);
        System.arraycopy(queries.values(), offset, gathered, (v - from) * d, d);
      }
      FloatMatrix points = set.points();
      Sgemm.get()
          .timesTransposed(
              until - from,
              size,
              d,
              gathered,
              0,
              points.values(),
              points.offset(starts[cell]),
              products);
      for (int v = from; v < until; v++) {
        candidates.scan(visitors[v], products, (v - from) * size, starts[cell], size);
      }
    }
  }
}
