package org.imageclustering.neighbours;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Sgemm;

/**
 * Exact nearest neighbours by brute force: all distances, by blocked matrix products, {@code O(n
 * d)} a query. The twin that {@link CellIndex} is held to; both order by (distance, id).
 */
public final class ExactIndex implements NeighbourIndex {
  private static final long serialVersionUID = 1L;
  private static final int QUERIES_PER_BLOCK = 192;
  private static final int POINTS_PER_BLOCK = 1024;

  private final PointSet set;

  private ExactIndex(PointSet set) {
    this.set = set;
  }

  /**
   * Returns an index of the points, which are not copied.
   *
   * @param points n x d, n and d at least 1, finite; not modified
   */
  public static ExactIndex of(FloatMatrix points) {
    return new ExactIndex(new PointSet(points, IntStream.range(0, points.rows()).toArray()));
  }

  @Override
  public FloatMatrix points() {
    return set.points();
  }

  @Override
  public int indexOf(float[] source, int offset) {
    return set.idOf(source, offset);
  }

  @Override
  public Neighbours search(FloatMatrix queries, int k) {
    SelfNeighbours.check(set.points(), queries, k);
    int[] ids = new int[Math.multiplyExact(queries.rows(), k)];
    float[] distances = new float[ids.length];
    Candidates candidates = new Candidates(set, k, QUERIES_PER_BLOCK);
    for (int from = 0; from < queries.rows(); from += QUERIES_PER_BLOCK) {
      int until = Math.min(queries.rows(), from + QUERIES_PER_BLOCK);
      candidates.begin(queries, IntStream.range(from, until).toArray());
      scanAll(queries, from, until - from, candidates);
      for (int i = from; i < until; i++) {
        candidates.finish(i - from, ids, distances, i * k);
      }
    }
    return new Neighbours(queries.rows(), k, ids, distances);
  }

  @Override
  public Neighbours searchSelf(int from, int until, int k) {
    FloatMatrix points = set.points();
    float[] rows = Arrays.copyOfRange(points.values(), points.offset(from), points.offset(until));
    FloatMatrix queries = new FloatMatrix(until - from, points.columns(), rows);
    return SelfNeighbours.drop(search(queries, k + 1), IntStream.range(from, until).toArray());
  }

  private void scanAll(FloatMatrix queries, int from, int count, Candidates candidates) {
    FloatMatrix points = set.points();
    float[] products = new float[count * Math.min(POINTS_PER_BLOCK, points.rows())];
    for (int first = 0; first < points.rows(); first += POINTS_PER_BLOCK) {
      int width = Math.min(POINTS_PER_BLOCK, points.rows() - first);
      Sgemm.get()
          .timesTransposed(
              count,
              width,
              points.columns(),
              queries.values(),
              queries.offset(from),
              points.values(),
              points.offset(first),
              products);
      for (int slot = 0; slot < count; slot++) {
        candidates.scan(slot, products, slot * width, first, width);
      }
    }
  }
}
