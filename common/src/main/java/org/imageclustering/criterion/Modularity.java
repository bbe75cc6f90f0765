package org.imageclustering.criterion;

/**
 * Newman's modularity: how much more weight lies inside the clusters than chance would put there,
 * given the degrees.
 *
 * <p>Q = sum_c [ W_cc / T - (vol_c / T)² ] (Newman 2004, "Analysis of weighted networks", summed by
 * clusters). Larger is better; 0 for one single cluster, below 1 always, at least -1/2. It has a
 * balance term, so it prefers equal volumes and can lose on very unequal classes.
 */
public final class Modularity {
  private Modularity() {}

  /** Returns Q of a partition; 0 for a graph without edges. */
  public static double of(ClusterLinks links) {
    double total = links.total();
    if (total == 0) {
      return 0;
    }
    double q = 0;
    for (int c = 0; c < links.clusters(); c++) {
      double share = links.volume(c) / total;
      q += links.between(c, c) / total - share * share;
    }
    return q;
  }

  /**
   * Returns the change of Q as a vertex leaves its cluster for another: {@code 2 (L_to - L_from) /
   * T - 2 d (vol_to - vol_from + d) / T²}, both volumes taken before the move.
   *
   * @param linksFrom weight of the vertex's links to the others of its own cluster, itself left out
   * @param linksTo weight of its links to the other cluster
   * @param degree the vertex's degree d
   * @param total the total volume T, above 0
   */
  public static double moveGain(
      double linksFrom,
      double linksTo,
      double degree,
      double volumeFrom,
      double volumeTo,
      double total) {
    return 2 * (linksTo - linksFrom) / total
        - 2 * degree * (volumeTo - volumeFrom + degree) / (total * total);
  }

  /**
   * Returns the change of Q as two clusters become one: {@code 2 (W_ab / T - vol_a vol_b / T²)}
   * (Clauset, Newman and Moore 2004, here with weights).
   *
   * @param total the total volume T, above 0
   */
  public static double mergeGain(double between, double volumeA, double volumeB, double total) {
    return 2 * (between / total - volumeA / total * (volumeB / total));
  }
}
