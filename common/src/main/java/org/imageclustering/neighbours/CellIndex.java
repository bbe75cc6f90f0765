package org.imageclustering.neighbours;

import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;

/**
 * Approximate nearest neighbours by k-means cells: a query searches the cells whose centres are
 * nearest to it, exactly. The points lie in memory cell by cell, so that a cell is one matrix
 * product with all queries that probe it. A query's neighbours depend on the index and the query
 * alone, not on which others are asked at the same time.
 *
 * <p>Build {@code O(n c d)} for c cells, search {@code O((c + p n / c) d)} a query for p probes.
 * Holds one copy of the points. Many equal points cost time (each is compared in double precision):
 * merge duplicates first.
 */
public final class CellIndex implements NeighbourIndex {
  private static final long serialVersionUID = 1L;

  private final PointSet set;
  private final int[] starts;
  private final int[] positions;
  private final CellRanking ranking;

  /** The caller's points; not sent along, where the index goes it can restore them. */
  private final transient FloatMatrix original;

  private CellIndex(FloatMatrix original, Cells cells, int probes) {
    this.original = original;
    this.set = new PointSet(original.select(cells.order()), cells.order());
    this.starts = cells.starts();
    this.ranking = new CellRanking(cells.centres(), probes);
    this.positions = new int[original.rows()];
    for (int position = 0; position < positions.length; position++) {
      positions[cells.order()[position]] = position;
    }
  }

  /**
   * Returns an index of the points, on the cores of this machine.
   *
   * @param points n x d, n and d at least 1, finite; not modified
   * @throws IllegalArgumentException if there is no point or one is not finite
   */
  public static CellIndex build(FloatMatrix points, CellOptions options) {
    if (points.rows() == 0 || points.columns() == 0) {
      throw new IllegalArgumentException(
          "Cannot build cells: found "
              + points.rows()
              + " x "
              + points.columns()
              + " points, expected at least one point and one dimension");
    }
    Cells cells = Cells.cut(points, options.cellsFor(points.rows()), options.seed());
    int probes =
        options.probes() == CellOptions.AUTO
            ? ProbeCalibration.probes(points, cells, options.seed())
            : options.probes();
    return new CellIndex(points, cells, Math.min(probes, cells.centres().rows()));
  }

  /** Returns the number of cells, after the splitting of oversized ones. */
  public int cells() {
    return ranking.cells();
  }

  /** Returns how many cells a query searches. */
  public int probes() {
    return ranking.probes();
  }

  /** Returns the number of points in the largest cell: it bounds the memory of a search. */
  public int largestCell() {
    int largest = 0;
    for (int cell = 0; cell < cells(); cell++) {
      largest = Math.max(largest, starts[cell + 1] - starts[cell]);
    }
    return largest;
  }

  /** {@inheritDoc} Where the index was sent to another machine, each call makes a copy. */
  @Override
  public FloatMatrix points() {
    return original != null ? original : set.points().select(positions);
  }

  @Override
  public int indexOf(float[] source, int offset) {
    return set.idOf(source, offset);
  }

  @Override
  public Neighbours search(FloatMatrix queries, int k) {
    SelfNeighbours.check(set.points(), queries, k);
    return new CellSearch(set, starts, ranking, k).search(queries);
  }

  @Override
  public Neighbours searchSelf(int from, int until, int k) {
    int[] own = new int[until - from];
    int[] rows = new int[until - from];
    for (int i = from; i < until; i++) {
      own[i - from] = i;
      rows[i - from] = positions[i];
    }
    return SelfNeighbours.drop(search(set.points().select(rows), k + 1), own);
  }
}
