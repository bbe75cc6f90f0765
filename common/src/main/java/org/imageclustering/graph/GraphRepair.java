package org.imageclustering.graph;

import java.util.Arrays;
import java.util.List;
import org.imageclustering.linalg.FloatMatrix;

/**
 * Makes a broken graph connected: its components are joined by their nearest pairs of points, c - 1
 * edges for c components. Each weighs as much as the graph's median edge, 1 if there is none: the
 * weight that belongs to its length would leave the graph broken in all but name
 * (docs/decisions/021).
 */
public final class GraphRepair {
  private GraphRepair() {}

  /**
   * Returns the graph itself if it is connected, otherwise a connected one.
   *
   * @param points n x d, one a node; not modified
   * @param graph symmetric; not modified
   */
  public static CsrGraph connected(CsrGraph graph, FloatMatrix points) {
    int[] component = Components.of(graph);
    UnionFind sets = new UnionFind(component.length);
    int[] first = new int[component.length];
    Arrays.fill(first, -1);
    for (int node = 0; node < component.length; node++) {
      if (first[component[node]] < 0) {
        first[component[node]] = node;
      }
      sets.join(first[component[node]], node);
    }
    List<Link> links = NearestPairs.joining(points, sets);
    return links.isEmpty() ? graph : with(graph, links, Math.max(median(graph), Float.MIN_NORMAL));
  }

  private static float median(CsrGraph graph) {
    return graph.nonZeros() == 0 ? 1f : Distances.median(graph.weights());
  }

  private static CsrGraph with(CsrGraph graph, List<Link> links, float weight) {
    int[] rowStart = new int[graph.nodes() + 1];
    for (Link link : links) {
      rowStart[link.from + 1]++;
      rowStart[link.to + 1]++;
    }
    for (int row = 0; row < graph.nodes(); row++) {
      rowStart[row + 1] += rowStart[row] + graph.rowStart()[row + 1] - graph.rowStart()[row];
    }
    int[] columns = new int[rowStart[graph.nodes()]];
    float[] weights = new float[columns.length];
    int[] next = rowStart.clone();
    for (int row = 0; row < graph.nodes(); row++) {
      int from = graph.rowStart()[row];
      int length = graph.rowStart()[row + 1] - from;
      System.arraycopy(graph.columns(), from, columns, next[row], length);
      System.arraycopy(graph.weights(), from, weights, next[row], length);
      next[row] += length;
    }
    for (Link link : links) {
      columns[next[link.from]] = link.to;
      weights[next[link.from]++] = weight;
      columns[next[link.to]] = link.from;
      weights[next[link.to]++] = weight;
    }
    // Twice turned round, the columns of every row are ascending.
    return CsrGraph.transpose(rowStart, columns, weights);
  }
}
