package org.imageclustering.criterion;

import org.imageclustering.graph.CsrGraph;

/**
 * The weights W_ab between the clusters of a partition, their volumes and the total volume T: all
 * that modularity and normalised cut ask of a graph. Immutable.
 */
public final class ClusterLinks {
  private final int clusters;
  private final double[] between;
  private final double[] volumes;
  private final double total;

  private ClusterLinks(int clusters, double[] between) {
    this.clusters = clusters;
    this.between = between;
    this.volumes = new double[clusters];
    double sum = 0;
    for (int c = 0; c < clusters; c++) {
      for (int e = 0; e < clusters; e++) {
        volumes[c] += between[c * clusters + e];
      }
      sum += volumes[c];
    }
    this.total = sum;
  }

  /**
   * Returns the links of a partition. O(edges + K²).
   *
   * @param labels n cluster numbers in {@code 0..clusters-1}; not modified
   * @throws IllegalArgumentException if there are not as many labels as vertices
   */
  public static ClusterLinks of(CsrGraph graph, int[] labels, int clusters) {
    if (labels.length != graph.nodes()) {
      throw new IllegalArgumentException(
          "Cannot score a partition: found "
              + labels.length
              + " labels, expected "
              + graph.nodes()
              + " as the graph has vertices");
    }
    int[] rowStart = graph.rowStart();
    int[] columns = graph.columns();
    float[] weights = graph.weights();
    double[] between = new double[clusters * clusters];
    for (int i = 0; i < labels.length; i++) {
      int row = labels[i] * clusters;
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
        between[row + labels[columns[e]]] += weights[e];
      }
    }
    return new ClusterLinks(clusters, between);
  }

  /** Returns the number of clusters K. */
  public int clusters() {
    return clusters;
  }

  /** Returns W_ab; for {@code a == b} every link inside the cluster counts twice. */
  public double between(int a, int b) {
    return between[a * clusters + b];
  }

  /** Returns vol_c, the sum of the degrees of a cluster's vertices. */
  public double volume(int cluster) {
    return volumes[cluster];
  }

  /** Returns T = 2m, the sum of all degrees. */
  public double total() {
    return total;
  }
}
