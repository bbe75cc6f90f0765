package org.imageclustering.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Sgemm;

/**
 * Joins components of a graph of points by their nearest pairs, in rounds after Boruvka: each
 * component but the largest is tied to the point outside that is nearest to it. Exact: matrix
 * products propose the pairs, double precision decides, ties go to the lower points.
 *
 * <p>{@code O(m n d)} a round for m points outside the largest component, at most {@code log2 c}
 * rounds for c components; {@code O(n)} memory beside the points.
 */
final class NearestPairs {
  private static final int ROWS = 192;
  private static final int TILE = 1024;
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  private final FloatMatrix points;
  private final UnionFind sets;
  private final float[] halfNorms;
  private final double largestNorm;
  private int[] setOf;

  private NearestPairs(FloatMatrix points, UnionFind sets) {
    this.points = points;
    this.sets = sets;
    this.halfNorms = new float[points.rows()];
    double largest = 0;
    for (int i = 0; i < halfNorms.length; i++) {
      double norm = Distances.squaredNorm(points, i);
      halfNorms[i] = (float) (norm / 2);
      largest = Math.max(largest, norm);
    }
    this.largestNorm = Math.sqrt(largest);
  }

  /**
   * Returns the pairs that make one set of all, in the order in which they were joined.
   *
   * @param points n x d; not modified
   * @param sets of the n points; joined
   */
  static List<Link> joining(FloatMatrix points, UnionFind sets) {
    List<Link> links = new ArrayList<>();
    NearestPairs pairs = sets.sets() == 1 ? null : new NearestPairs(points, sets);
    while (sets.sets() > 1) {
      pairs.round(links);
    }
    return links;
  }

  private void round(List<Link> links) {
    int n = points.rows();
    setOf = IntStream.range(0, n).map(sets::find).toArray();
    int[] sizes = new int[n];
    for (int set : setOf) {
      sizes[set]++;
    }
    int largest = IntStream.range(0, n).reduce(0, (a, b) -> sizes[b] > sizes[a] ? b : a);
    int[] outside = IntStream.range(0, n).filter(i -> setOf[i] != largest).toArray();
    Link[] nearest = new Link[outside.length];
    Parallel.forChunks(
        outside.length, ROWS, (chunk, from, until) -> search(outside, from, until, nearest));
    Link[] best = new Link[n];
    for (Link link : nearest) {
      int set = setOf[link.from];
      best[set] = link.precedes(best[set]) ? link : best[set];
    }
    for (Link link : best) {
      if (link != null && sets.join(link.from, link.to)) {
        links.add(link);
      }
    }
  }

  /** Finds for some of the points the nearest one of another set. */
  private void search(int[] outside, int from, int until, Link[] nearest) {
    int[] rows = java.util.Arrays.copyOfRange(outside, from, until);
    FloatMatrix queries = points.select(rows);
    float[] products = new float[rows.length * TILE];
    float[] best = new float[rows.length];
    java.util.Arrays.fill(best, Float.NEGATIVE_INFINITY);
    for (int first = 0; first < points.rows(); first += TILE) {
      int width = Math.min(TILE, points.rows() - first);
      Sgemm.get()
          .timesTransposed(
              rows.length,
              width,
              points.columns(),
              queries.values(),
              0,
              points.values(),
              points.offset(first),
              products);
      for (int r = 0; r < rows.length; r++) {
        Link found = scan(rows[r], first, width, products, r * width, best, r, nearest[from + r]);
        nearest[from + r] = found;
      }
    }
  }

  private Link scan(
      int row,
      int first,
      int width,
      float[] products,
      int offset,
      float[] best,
      int slot,
      Link before) {
    double norm = Math.sqrt(2.0 * halfNorms[row]);
    float margin =
        (float) (2 * (points.columns() + 4) * UNIT_ROUNDOFF * largestNorm * (norm + largestNorm));
    Link nearest = before;
    for (int j = 0; j < width; j++) {
      float score = products[offset + j] - halfNorms[first + j];
      if (score >= best[slot] - margin && setOf[first + j] != setOf[row]) {
        best[slot] = Math.max(best[slot], score);
        Link link = new Link(row, first + j, Distances.between(points, row, first + j));
        nearest = link.precedes(nearest) ? link : nearest;
      }
    }
    return nearest;
  }
}
