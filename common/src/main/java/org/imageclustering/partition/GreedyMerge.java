package org.imageclustering.partition;

import org.imageclustering.criterion.ClusterLinks;
import org.imageclustering.criterion.Modularity;
import org.imageclustering.graph.CsrGraph;

/**
 * Merges the clusters of a fine partition, always the two whose union adds most to the modularity
 * (Clauset, Newman and Moore 2004, started from clusters instead of points), until K are left.
 */
public final class GreedyMerge implements Agglomeration.Groups {
  private final double[][] between;
  private final double[] volumes;
  private final double total;

  private GreedyMerge(ClusterLinks links) {
    int m = links.clusters();
    this.between = new double[m][m];
    this.volumes = new double[m];
    this.total = Math.max(links.total(), Double.MIN_NORMAL);
    for (int a = 0; a < m; a++) {
      volumes[a] = links.volume(a);
      for (int b = 0; b < m; b++) {
        between[a][b] = links.between(a, b);
      }
    }
  }

  /**
   * Returns the labels after merging.
   *
   * @param labels n cluster numbers in {@code 0..fine-1}, every one in use; not modified
   * @param fine the number of clusters to begin with, at least {@code clusters}
   * @return n cluster numbers in {@code 0..clusters-1}
   */
  public static int[] merge(CsrGraph graph, int[] labels, int fine, int clusters) {
    int[] cluster = groups(ClusterLinks.of(graph, labels, fine), clusters);
    int[] merged = new int[labels.length];
    for (int i = 0; i < merged.length; i++) {
      merged[i] = cluster[labels[i]];
    }
    return merged;
  }

  /**
   * Returns for each cluster of a fine partition the one that it becomes a part of.
   *
   * @param links of the fine partition, at least {@code clusters}
   */
  public static int[] groups(ClusterLinks links, int clusters) {
    return Agglomeration.run(new GreedyMerge(links), links.clusters(), clusters);
  }

  @Override
  public double cost(int a, int b) {
    return -Modularity.mergeGain(between[a][b], volumes[a], volumes[b], total);
  }

  @Override
  public void join(int a, int b) {
    volumes[a] += volumes[b];
    for (int c = 0; c < volumes.length; c++) {
      between[a][c] += between[b][c];
    }
    for (double[] row : between) {
      row[a] += row[b];
    }
  }
}
