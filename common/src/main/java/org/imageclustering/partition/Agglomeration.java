package org.imageclustering.partition;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Joins the best pair of a few groups again and again until K are left: the frame of {@link Ward}
 * and {@link GreedyMerge}. The first pair wins a tie.
 *
 * <p>Every group remembers its best partner among the groups behind it, and is searched again only
 * when that partner was joined: O(M²) costs for M groups as a rule, O(M² (M - K)) at worst.
 */
final class Agglomeration {
  /** What the groups are, and what joining two of them costs. */
  interface Groups {
    /** Returns the cost of joining two groups; the pair of least cost is joined. */
    double cost(int a, int b);

    /** Makes group a the union of a and b; b is not asked for again. */
    void join(int a, int b);
  }

  private final Groups groups;
  private final int[] owner;
  private final int[] partner;
  private final double[] least;

  private Agglomeration(Groups groups, int count) {
    this.groups = groups;
    this.owner = new int[count];
    this.partner = new int[count];
    this.least = new double[count];
    Arrays.setAll(owner, i -> i);
    for (int a = 0; a < count; a++) {
      findPartner(a);
    }
  }

  /** Returns for each of the {@code count} groups its cluster in {@code 0..clusters-1}. */
  static int[] run(Groups groups, int count, int clusters) {
    return run(groups, count, clusters, left -> {});
  }

  /**
   * Does the same and tells after each joining which groups are left.
   *
   * @param seen is given for each group its cluster, as numbered as in the result
   */
  static int[] run(Groups groups, int count, int clusters, Consumer<int[]> seen) {
    Agglomeration agglomeration = new Agglomeration(groups, count);
    for (int left = count; left > clusters; left--) {
      agglomeration.joinCheapest();
      seen.accept(numbered(agglomeration.owner));
    }
    return numbered(agglomeration.owner);
  }

  private void joinCheapest() {
    int a = -1;
    for (int i = 0; i < owner.length; i++) {
      if (owner[i] == i && partner[i] >= 0 && (a < 0 || least[i] < least[a])) {
        a = i;
      }
    }
    int b = partner[a];
    groups.join(a, b);
    for (int i = 0; i < owner.length; i++) {
      owner[i] = owner[i] == b ? a : owner[i];
    }
    findPartner(a);
    for (int i = 0; i < b; i++) {
      if (owner[i] == i && i != a) {
        refresh(i, a, b);
      }
    }
  }

  /** Group a has changed and b is gone: renews what group i knows of them. */
  private void refresh(int i, int a, int b) {
    if (partner[i] == a || partner[i] == b) {
      findPartner(i);
      return;
    }
    double cost = i < a ? groups.cost(i, a) : Double.POSITIVE_INFINITY;
    if (cost < least[i] || (cost == least[i] && a < partner[i])) {
      least[i] = cost;
      partner[i] = a;
    }
  }

  private void findPartner(int a) {
    partner[a] = -1;
    least[a] = Double.POSITIVE_INFINITY;
    for (int b = a + 1; b < owner.length; b++) {
      double cost = owner[b] == b ? groups.cost(a, b) : Double.POSITIVE_INFINITY;
      if (owner[b] == b && (partner[a] < 0 || cost < least[a])) {
        least[a] = cost;
        partner[a] = b;
      }
    }
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
