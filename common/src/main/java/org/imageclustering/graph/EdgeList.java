package org.imageclustering.graph;

import java.util.Arrays;

/** Graphs whose edges are known already. */
public final class EdgeList {
  private EdgeList() {}

  /**
   * Returns the symmetric graph (W + W^T) / 2 of a list of directed edges. It does not matter
   * whether all edges are given in one direction or all in both; in a list of some of each, those
   * in both weigh twice as much. An edge that is given again adds its weight. O(n + E log k) time
   * for rows of k edges, 24 bytes an edge.
   *
   * @param nodes n
   * @param from E node numbers in {@code 0..nodes-1}; not modified
   * @param to E node numbers, none that of the same edge's {@code from}; not modified
   * @param weights E positive, finite numbers; not modified
   */
  public static CsrGraph graph(int nodes, int[] from, int[] to, float[] weights) {
    int[] rowStart = new int[nodes + 1];
    for (int e = 0; e < from.length; e++) {
      rowStart[from[e] + 1]++;
      rowStart[to[e] + 1]++;
    }
    for (int i = 0; i < nodes; i++) {
      rowStart[i + 1] = Math.addExact(rowStart[i], rowStart[i + 1]);
    }
    int[] next = Arrays.copyOf(rowStart, nodes);
    int[] ends = new int[rowStart[nodes]];
    float[] halves = new float[ends.length];
    for (int e = 0; e < from.length; e++) {
      put(from[e], to[e], weights[e] / 2, next, ends, halves);
      put(to[e], from[e], weights[e] / 2, next, ends, halves);
    }
    return merged(rowStart, ends, halves);
  }

  private static void put(int row, int end, float half, int[] next, int[] ends, float[] halves) {
    ends[next[row]] = end;
    halves[next[row]++] = half;
  }

  /** Orders every row by its columns and adds up what stands in one place. */
  private static CsrGraph merged(int[] rowStart, int[] ends, float[] halves) {
    int[] starts = new int[rowStart.length];
    int[] columns = new int[ends.length];
    float[] weights = new float[ends.length];
    int count = 0;
    for (int row = 0; row + 1 < rowStart.length; row++) {
      long[] keys = new long[rowStart[row + 1] - rowStart[row]];
      for (int e = 0; e < keys.length; e++) {
        keys[e] = (long) ends[rowStart[row] + e] << 32 | e;
      }
      Arrays.sort(keys);
      for (long key : keys) {
        int column = (int) (key >>> 32);
        if (count == starts[row] || columns[count - 1] != column) {
          columns[count++] = column;
        }
        weights[count - 1] += halves[rowStart[row] + (int) key];
      }
      starts[row + 1] = count;
    }
    return new CsrGraph(starts, Arrays.copyOf(columns, count), Arrays.copyOf(weights, count));
  }
}
