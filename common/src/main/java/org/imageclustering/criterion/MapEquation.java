package org.imageclustering.criterion;

/**
 * The map equation: the bits a step that a random walker on the graph takes to describe, when the
 * clusters have code books of their own (Rosvall, Axelsson and Bergstrom 2009; docs/decisions/006).
 *
 * <p>L = plogp(sum_c q_c) - 2 sum_c plogp(q_c) - sum_i plogp(p_i) + sum_c plogp(q_c + p_c), where
 * p_i = d_i / T is the walker's share of time at vertex i, p_c = vol_c / T, q_c = (vol_c - W_cc) /
 * T its rate of leaving cluster c, and plogp(x) = x log2 x. Smaller is better. Unlike modularity it
 * has no term that asks for equal volumes.
 */
public final class MapEquation {
  private MapEquation() {}

  /**
   * Returns L in bits; 0 for a graph without edges.
   *
   * @param degrees the graph's n degrees; not modified
   */
  public static double of(ClusterLinks links, double[] degrees) {
    double total = links.total();
    if (total == 0) {
      return 0;
    }
    double leaving = 0;
    double bits = 0;
    for (int c = 0; c < links.clusters(); c++) {
      double share = links.volume(c) / total;
      double exit = Math.max(0, share - links.between(c, c) / total);
      leaving += exit;
      bits += plogp(exit + share) - 2 * plogp(exit);
    }
    for (double degree : degrees) {
      bits -= plogp(degree / total);
    }
    return bits + plogp(leaving);
  }

  private static double plogp(double x) {
    return x > 0 ? x * Math.log(x) / Math.log(2) : 0;
  }
}
