package org.imageclustering.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;

/**
 * The longest edge eta of the minimal spanning tree of points (SA-Net, section 3.3: the epsilon
 * graph is connected from epsilon = eta on).
 */
public final class SpanningTree {
  /** Largest number of points whose tree is exact: above it O(n^2) distances take minutes. */
  static final int EXACT_POINTS = 8192;

  private static final int CHUNK = 1024;

  private SpanningTree() {}

  /**
   * The longest edge of a spanning tree.
   *
   * @param length its Euclidean length, at least 0
   * @param exact whether the tree is a minimal one of all pairs; otherwise the length is an upper
   *     bound of eta
   */
  public record LongestEdge(double length, boolean exact) {}

  /**
   * Returns the longest edge: exact for at most 8,192 points, beyond that of the tree that {@link
   * #ofNeighbours} gives.
   *
   * @param points n x d; not modified
   * @param near the points' neighbours among themselves
   */
  public static LongestEdge longestEdge(FloatMatrix points, Neighbours near) {
    return points.rows() <= EXACT_POINTS
        ? new LongestEdge(exact(points), true)
        : new LongestEdge(ofNeighbours(points, near), false);
  }

  /** Returns eta after Prim: O(n^2 d) time, O(n) memory. */
  static double exact(FloatMatrix points) {
    int n = points.rows();
    double[] toTree = new double[n];
    Arrays.fill(toTree, Double.POSITIVE_INFINITY);
    int[] open = IntStream.range(1, n).toArray();
    int last = 0;
    double longest = 0;
    for (int left = n - 1; left > 0; left--) {
      int at = nearest(points, last, open, left, toTree);
      last = open[at];
      longest = Math.max(longest, toTree[last]);
      open[at] = open[left - 1];
    }
    return Math.sqrt(longest);
  }

  /** Lowers the distances to the tree by its last point; returns where the least of them is. */
  private static int nearest(FloatMatrix points, int last, int[] open, int left, double[] toTree) {
    int[] best = new int[Parallel.chunks(left, CHUNK)];
    Parallel.forChunks(
        left,
        CHUNK,
        (chunk, from, until) -> {
          best[chunk] = from;
          for (int i = from; i < until; i++) {
            int node = open[i];
            toTree[node] = Math.min(toTree[node], Distances.squared(points, last, node));
            best[chunk] = toTree[node] < toTree[open[best[chunk]]] ? i : best[chunk];
          }
        });
    int nearest = best[0];
    for (int candidate : best) {
      nearest = toTree[open[candidate]] < toTree[open[nearest]] ? candidate : nearest;
    }
    return nearest;
  }

  /**
   * Returns the longest edge of the minimal spanning tree of the graph of nearest neighbours
   * (Kruskal), whose components are joined by their nearest pairs. Any spanning tree's longest edge
   * is at least eta. O(nk log nk) time beside the joins, 8 bytes an edge.
   */
  static double ofNeighbours(FloatMatrix points, Neighbours near) {
    long[] edges = new long[near.ids().length];
    int count = 0;
    for (int e = 0; e < edges.length; e++) {
      if (near.ids()[e] >= 0) {
        edges[count++] = (long) Float.floatToIntBits(near.distances()[e]) << 32 | e;
      }
    }
    Arrays.parallelSort(edges, 0, count);
    UnionFind sets = new UnionFind(points.rows());
    double longest = 0;
    for (int i = 0; i < count && sets.sets() > 1; i++) {
      int e = (int) edges[i];
      if (sets.join(e / near.k(), near.ids()[e])) {
        longest = near.distances()[e];
      }
    }
    List<Link> joins = NearestPairs.joining(points, sets);
    return Math.max(longest, joins.stream().mapToDouble(link -> link.distance).max().orElse(0));
  }
}
