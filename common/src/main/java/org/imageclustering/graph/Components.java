package org.imageclustering.graph;

import java.util.Arrays;

/**
 * The connected components of a symmetric graph. Their number is the multiplicity of the eigenvalue
 * 1 of the normalised affinity, and of 0 of the Laplacians (von Luxburg 2007, Section 3.2).
 */
public final class Components {
  private Components() {}

  /** Returns the number of components; an isolated node is one. */
  public static int count(CsrGraph graph) {
    int[] of = of(graph);
    return Arrays.stream(of).max().orElse(-1) + 1;
  }

  /**
   * Returns for each node the number of its component, from 0, in the order of the components'
   * first nodes. Linear in the entries.
   */
  public static int[] of(CsrGraph graph) {
    int[] component = new int[graph.nodes()];
    Arrays.fill(component, -1);
    int[] queue = new int[graph.nodes()];
    int count = 0;
    for (int start = 0; start < component.length; start++) {
      if (component[start] < 0) {
        flood(graph, start, count++, component, queue);
      }
    }
    return component;
  }

  private static void flood(CsrGraph graph, int start, int label, int[] component, int[] queue) {
    component[start] = label;
    queue[0] = start;
    int end = 1;
    for (int at = 0; at < end; at++) {
      int node = queue[at];
      for (int e = graph.rowStart()[node]; e < graph.rowStart()[node + 1]; e++) {
        int next = graph.columns()[e];
        if (component[next] < 0) {
          component[next] = label;
          queue[end++] = next;
        }
      }
    }
  }
}
