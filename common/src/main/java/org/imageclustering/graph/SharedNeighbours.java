package org.imageclustering.graph;

import java.util.Arrays;
import java.util.List;

/**
 * One graph from the graphs of several views of the same points, in which an edge counts for what
 * two views agree on:
 *
 * <pre>w_ij = sum over pairs a &lt; b of w_ij(a) w_ij(b)  +  .01 sum over a of w_ij(a)</pre>
 *
 * The product is the fuzzy intersection of two neighbourhoods (the t-norm of McInnes, Healy and
 * Melville 2018, section 2), the sum over pairs their union up to its scale. A wrong neighbour of
 * one view is seldom a neighbour in another; the second term keeps nodes from being left alone.
 *
 * <p>Time and memory are linear in the edges of all views.
 */
public final class SharedNeighbours {
  /** What an edge is worth that no other view confirms: {@code docs/decisions/017}. */
  private static final double UNCONFIRMED = 0.01;

  private SharedNeighbours() {}

  /**
   * Returns the common graph.
   *
   * @param views symmetric graphs of the same nodes, weights at most 1; one alone is returned as it
   *     is
   * @throws IllegalArgumentException if there is none, or they have different nodes
   */
  public static CsrGraph of(List<CsrGraph> views) {
    if (views.isEmpty() || views.stream().anyMatch(g -> g.nodes() != views.get(0).nodes())) {
      throw new IllegalArgumentException(
          "Cannot join the graphs of views: expected one or more, of the same nodes");
    }
    return views.size() == 1 ? views.get(0) : joined(views);
  }

  private static CsrGraph joined(List<CsrGraph> views) {
    int most = 0;
    for (CsrGraph view : views) {
      most = Math.addExact(most, view.nonZeros());
    }
    int nodes = views.get(0).nodes();
    int[] rowStart = new int[nodes + 1];
    int[] columns = new int[most];
    float[] weights = new float[most];
    int[] at = new int[views.size()];
    int count = 0;
    for (int row = 0; row < nodes; row++) {
      for (int v = 0; v < at.length; v++) {
        at[v] = views.get(v).rowStart()[row];
      }
      for (int column = next(views, row, at); column >= 0; column = next(views, row, at)) {
        columns[count] = column;
        weights[count++] = weight(views, row, column, at);
      }
      rowStart[row + 1] = count;
    }
    return new CsrGraph(rowStart, Arrays.copyOf(columns, count), Arrays.copyOf(weights, count));
  }

  /** Returns the next neighbour of a row in any view, or -1. */
  private static int next(List<CsrGraph> views, int row, int[] at) {
    int least = Integer.MAX_VALUE;
    for (int v = 0; v < at.length; v++) {
      CsrGraph view = views.get(v);
      if (at[v] < view.rowStart()[row + 1]) {
        least = Math.min(least, view.columns()[at[v]]);
      }
    }
    return least == Integer.MAX_VALUE ? -1 : least;
  }

  /** Returns the joint weight of an edge, and goes on in the views that have it. */
  private static float weight(List<CsrGraph> views, int row, int column, int[] at) {
    double sum = 0;
    double pairs = 0;
    for (int v = 0; v < at.length; v++) {
      CsrGraph view = views.get(v);
      if (at[v] < view.rowStart()[row + 1] && view.columns()[at[v]] == column) {
        double weight = view.weights()[at[v]++];
        pairs += sum * weight;
        sum += weight;
      }
    }
    return (float) (pairs + UNCONFIRMED * sum);
  }
}
