package org.imageclustering.partition;

import java.util.Arrays;

/**
 * Joins the best pair of a few groups again and again until K are left: the frame of {@link Ward}
 * and {@link GreedyMerge}. O(M² (M - K)) for M groups; the first pair wins a tie.
 */
final class Agglomeration {
  /** What the groups are, and what joining two of them costs. */
  interface Groups {
    /** Returns the cost of joining two groups; the pair of least cost is joined. */
    double cost(int a, int b);

    /** Makes group a the union of a and b; b is not asked for again. */
    void join(int a, int b);
  }

  private Agglomeration() {}

  /** Returns for each of the {@code count} groups its cluster in {@code 0..clusters-1}. */
  static int[] run(Groups groups, int count, int clusters) {
    int[] owner = new int[count];
    Arrays.setAll(owner, i -> i);
    for (int left = count; left > clusters; left--) {
      int[] pair = cheapest(groups, owner);
      groups.join(pair[0], pair[1]);
      for (int i = 0; i < count; i++) {
        owner[i] = owner[i] == pair[1] ? pair[0] : owner[i];
      }
    }
    return numbered(owner);
  }

  private static int[] cheapest(Groups groups, int[] owner) {
    int[] pair = new int[2];
    double least = Double.POSITIVE_INFINITY;
    for (int a = 0; a < owner.length; a++) {
      for (int b = a + 1; owner[a] == a && b < owner.length; b++) {
        double cost = owner[b] == b ? groups.cost(a, b) : Double.POSITIVE_INFINITY;
        if (cost < least) {
          least = cost;
          pair[0] = a;
          pair[1] = b;
        }
      }
    }
    return pair;
  }

  /** A group that owns itself is a cluster; clusters are numbered in the order of their owners. */
  private static int[] numbered(int[] owner) {
    int[] number = new int[owner.length];
    int next = 0;
    for (int i = 0; i < owner.length; i++) {
      number[i] = owner[i] == i ? next++ : number[owner[i]];
    }
    return number;
  }
}
