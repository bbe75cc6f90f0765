package org.imageclustering.criterion;

/**
 * Shi and Malik's normalised cut of a partition: Ncut = sum_c cut(c) / vol_c = sum_c (1 - W_cc /
 * vol_c) (Shi and Malik 2000). In [0, K]; smaller is better, 0 where no link is cut.
 */
public final class NormalizedCut {
  private NormalizedCut() {}

  /** Returns Ncut; a cluster without any link counts 0, as there is nothing to cut. */
  public static double of(ClusterLinks links) {
    double cut = 0;
    for (int c = 0; c < links.clusters(); c++) {
      double volume = links.volume(c);
      cut += volume == 0 ? 0 : 1 - links.between(c, c) / volume;
    }
    return cut;
  }
}
