package org.imageclustering.refine;

import java.util.Arrays;
import org.imageclustering.criterion.ClusterLinks;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.KnnGraph;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.graph.Symmetrisation;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.neighbours.ExactIndex;
import org.imageclustering.neighbours.LocalNeighbours;
import org.imageclustering.partition.GreedyMerge;
import org.imageclustering.partition.SpectralClustering;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spectral.EigenSolver;

/**
 * Which rows of a training set are neighbours: judges clusters without labels, by modularity, and
 * tells which belong together. Immutable; O(s k) memory and O(s² d) time for s rows of d
 * components.
 */
public final class NeighbourGraph {
  private static final int NEIGHBOURS = 15;

  private final int[] rows;
  private final CsrGraph graph;

  private NeighbourGraph(int[] rows, CsrGraph graph) {
    this.rows = rows;
    this.graph = graph;
  }

  /**
   * Returns the graph of some rows, the first in the random order of the subsets.
   *
   * @param set at least 2 rows; not modified
   * @param components that its points lie on: neighbours are those before the components were
   *     scaled to unit deviation
   * @param most the largest number of rows, at least 2
   */
  public static NeighbourGraph of(TrainingSet set, PrincipalComponents components, int most) {
    int[] all = set.subset(0, 1);
    int[] rows = Arrays.copyOf(all, Math.min(all.length, most));
    FloatMatrix points = set.points().select(rows);
    components.unscaleInPlace(points);
    int k = Math.min(NEIGHBOURS, rows.length - 1);
    Neighbours neighbours = LocalNeighbours.search(ExactIndex.of(points), k);
    return new NeighbourGraph(
        rows, KnnGraph.of(neighbours, EdgeWeights.BINARY, Symmetrisation.MEAN));
  }

  /** Returns the rows of the training set that are the graph's nodes, not a copy. */
  public int[] rows() {
    return rows;
  }

  /**
   * Returns the links between clusters of the nodes.
   *
   * @param labels one for each node, in {@code 0..clusters-1}
   */
  public ClusterLinks links(int[] labels, int clusters) {
    return ClusterLinks.of(graph, labels, clusters);
  }

  /**
   * Returns the clusters of the nodes by the spectral last step, with its default options.
   *
   * @param clusters 2 to the number of nodes
   * @return one for each node, in {@code 0..clusters-1}
   */
  public int[] spectralClusters(int clusters, long seed) {
    SpectralEmbeddingOptions options = SpectralEmbeddingOptions.defaults(clusters, seed);
    return SpectralClustering.fit(graph, options, EigenSolver.get()).pool().result().labels();
  }

  /**
   * Joins the clusters whose union adds most to the modularity, again and again.
   *
   * @param links of at least so many clusters
   * @param clusters how many are left
   * @return for each cluster the one that it becomes a part of
   */
  public static int[] joined(ClusterLinks links, int clusters) {
    return GreedyMerge.groups(links, clusters);
  }
}
