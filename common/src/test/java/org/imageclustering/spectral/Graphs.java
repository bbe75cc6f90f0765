package org.imageclustering.spectral;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.imageclustering.graph.CsrGraph;

/** Graphs whose normalised affinity has a known spectrum (Chung 1997, Section 1.3), and others. */
final class Graphs {
  private Graphs() {}

  /** Eigenvalues {@code cos(pi i / (n - 1))}. */
  static CsrGraph path(int n) {
    List<int[]> edges = new ArrayList<>();
    for (int i = 0; i + 1 < n; i++) {
      edges.add(new int[] {i, i + 1});
    }
    return of(n, edges, i -> 1f);
  }

  /** Eigenvalues {@code cos(2 pi i / n)}, all but the first (and for even n the last) twice. */
  static CsrGraph cycle(int n) {
    List<int[]> edges = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      edges.add(new int[] {Math.min(i, (i + 1) % n), Math.max(i, (i + 1) % n)});
    }
    return of(n, edges, i -> 1f);
  }

  /** {@code copies} complete graphs: eigenvalue 1 once each, all others {@code -1 / (size - 1)}. */
  static CsrGraph complete(int size, int copies) {
    List<int[]> edges = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      for (int i = 0; i < size; i++) {
        for (int j = i + 1; j < size; j++) {
          edges.add(new int[] {copy * size + i, copy * size + j});
        }
      }
    }
    return of(size * copies, edges, i -> 1f);
  }

  /** Eigenvalues 1, -1 and n - 2 times 0. */
  static CsrGraph star(int n) {
    List<int[]> edges = new ArrayList<>();
    for (int i = 1; i < n; i++) {
      edges.add(new int[] {0, i});
    }
    return of(n, edges, i -> 1f);
  }

  /** Nodes on a line, each tied to some that are near, with random weights; connected. */
  static CsrGraph random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean[][] near = new boolean[n][8];
    List<int[]> edges = new ArrayList<>();
    for (int i = 0; i + 1 < n; i++) {
      near[i][0] = true;
      for (int j = 0; j < 3; j++) {
        near[i][random.nextInt(8)] = true;
      }
      for (int j = 0; j < 8 && i + j + 1 < n; j++) {
        if (near[i][j]) {
          edges.add(new int[] {i, i + j + 1});
        }
      }
    }
    return of(n, edges, i -> (float) random.nextDouble(0.1, 1));
  }

  private static CsrGraph of(int n, List<int[]> edges, EdgeWeight weight) {
    List<List<int[]>> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(new ArrayList<>());
    }
    for (int[] edge : edges) {
      int bits = Float.floatToIntBits(weight.of(edge[0]));
      rows.get(edge[0]).add(new int[] {edge[1], bits});
      rows.get(edge[1]).add(new int[] {edge[0], bits});
    }
    int[] rowStart = new int[n + 1];
    int[] columns = new int[2 * edges.size()];
    float[] weights = new float[columns.length];
    int count = 0;
    for (int i = 0; i < n; i++) {
      rows.get(i).sort((a, b) -> Integer.compare(a[0], b[0]));
      for (int[] entry : rows.get(i)) {
        columns[count] = entry[0];
        weights[count++] = Float.intBitsToFloat(entry[1]);
      }
      rowStart[i + 1] = count;
    }
    return new CsrGraph(rowStart, columns, weights);
  }

  @FunctionalInterface
  private interface EdgeWeight {
    float of(int node);
  }
}
