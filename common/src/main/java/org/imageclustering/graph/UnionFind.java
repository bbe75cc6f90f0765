package org.imageclustering.graph;

/** Disjoint sets of nodes that grow together. */
final class UnionFind {
  private final int[] parent;
  private int sets;

  UnionFind(int nodes) {
    this.parent = new int[nodes];
    this.sets = nodes;
    for (int i = 0; i < nodes; i++) {
      parent[i] = i;
    }
  }

  int sets() {
    return sets;
  }

  /** Returns the number of the set: its lowest node. */
  int find(int node) {
    int at = node;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** Joins two sets; tells whether they were apart. */
  boolean join(int a, int b) {
    int first = find(a);
    int second = find(b);
    if (first == second) {
      return false;
    }
    parent[Math.max(first, second)] = Math.min(first, second);
    sets--;
    return true;
  }
}
