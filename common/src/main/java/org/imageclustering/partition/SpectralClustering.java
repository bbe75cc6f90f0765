package org.imageclustering.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.graph.Components;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.GraphEigenvectors;
import org.imageclustering.graph.KnnGraph;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.graph.SharedNeighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.EigenSolver;

/**
 * The spectral last step of points whose nearest neighbours are known: graph, eigenvectors,
 * candidate partitions, the chosen one, and how sure each point is. Lives on the driver.
 */
public final class SpectralClustering {
  /** Extra eigenvectors for the other components of a graph in parts; beyond, parts share them. */
  private static final int MOST_EXTRA = 32;

  private static final int SCALE_NEIGHBOUR = 7;

  private final Neighbours self;
  private final CsrGraph graph;
  private final int components;
  private final EigenPairs pairs;
  private final CandidatePool pool;
  private final double[] confidence;
  private final ClusterCount count;

  private SpectralClustering(
      Neighbours self,
      CsrGraph graph,
      int components,
      EigenPairs pairs,
      CandidatePool pool,
      double[] confidence,
      ClusterCount count) {
    this.self = self;
    this.graph = graph;
    this.components = components;
    this.pairs = pairs;
    this.pool = pool;
    this.confidence = confidence;
    this.count = count;
  }

  /**
   * Clusters points.
   *
   * <p>1. W from the neighbours, 2. its components, 3. the largest eigenvectors of D^-1/2 W D^-1/2,
   * 4. where K is to be found, its suggestion, 5. the pool of partitions of their rows, 6. the
   * confidence of each point in the chosen one.
   *
   * @param self the nearest other points of each of n distinct points, n at least K; for n of one,
   *     two or a few points rows may be shorter than {@code options.neighbours()}
   * @throws UserException if there are fewer points than clusters
   */
  public static SpectralClustering fit(
      Neighbours self, SpectralEmbeddingOptions options, EigenSolver solver) {
    return fit(self, List.of(self), options, solver);
  }

  /**
   * Clusters points that several views show: step 1 makes a graph of each and joins them by {@link
   * SharedNeighbours}.
   *
   * @param self the nearest other points of each, in all views together: they tell how far a point
   *     is from others
   * @param views the nearest other points of each in every view
   * @throws UserException if there are fewer points than clusters
   */
  public static SpectralClustering fit(
      Neighbours self,
      List<Neighbours> views,
      SpectralEmbeddingOptions options,
      EigenSolver solver) {
    checkCount(self.count(), options);
    List<CsrGraph> graphs = new ArrayList<>();
    for (Neighbours view : views) {
      graphs.add(KnnGraph.of(view, options.weights(), options.symmetrisation()));
    }
    return fit(self, SharedNeighbours.of(graphs), options, solver);
  }

  /**
   * Clusters the nodes of a graph that is known already: steps 2 to 6.
   *
   * @param graph symmetric, no node isolated; the options' neighbours and weights play no part
   * @throws UserException if there are fewer nodes than clusters
   */
  public static SpectralClustering fit(
      CsrGraph graph, SpectralEmbeddingOptions options, EigenSolver solver) {
    checkCount(graph.nodes(), options);
    return fit(null, graph, options, solver);
  }

  private static SpectralClustering fit(
      Neighbours self, CsrGraph graph, SpectralEmbeddingOptions options, EigenSolver solver) {
    int components = Components.count(graph);
    int vectors = Math.min(vectors(options, components), graph.nodes());
    EigenPairs pairs = GraphEigenvectors.largest(solver, graph, vectors, options.seed());
    SpectralCoordinates coordinates = SpectralCoordinates.of(pairs, graph.degrees(), components);
    ClusterCount count = count(graph, coordinates, pairs, options);
    int clusters = count == null ? options.clusters() : count.suggestion();
    CandidatePool pool =
        CandidatePool.of(graph, coordinates, options.pool(), clusters, options.seed());
    double[] confidence = WalkConfidence.of(graph, pool.result().labels(), clusters);
    return new SpectralClustering(self, graph, components, pairs, pool, confidence, count);
  }

  /**
   * Checks that there are enough distinct points.
   *
   * @throws UserException if there are fewer than clusters, or than 3 where their number is to be
   *     found
   */
  public static void checkCount(int distinctPoints, SpectralEmbeddingOptions options) {
    int clusters = options.clusters() == SpectralEmbeddingOptions.AUTO ? 3 : options.clusters();
    Options.require(
        clusters <= distinctPoints,
        "clusters",
        clusters,
        "at most the number of distinct points, " + distinctPoints);
  }

  /** The widest embedding asked for, the trivial vector, and one for each further component. */
  private static int vectors(SpectralEmbeddingOptions options, int components) {
    boolean isFixed = options.clusters() != SpectralEmbeddingOptions.AUTO;
    int widest = options.pool().vectors(isFixed ? options.clusters() : options.mostClusters());
    return 1 + widest + Math.min(components - 1, MOST_EXTRA);
  }

  /** Returns the suggestion for K, or null where K is given. */
  private static ClusterCount count(
      CsrGraph graph,
      SpectralCoordinates coordinates,
      EigenPairs pairs,
      SpectralEmbeddingOptions options) {
    if (options.clusters() != SpectralEmbeddingOptions.AUTO) {
      return null;
    }
    int most = Math.min(options.mostClusters(), graph.nodes());
    return ClusterCount.of(
        graph, coordinates, pairs.values(), options.pool(), most, options.seed());
  }

  /** Returns the number of clusters. */
  public int clusters() {
    return count == null ? Labels.count(pool.result().labels()) : count.suggestion();
  }

  /** Returns how the number of clusters was found, where it was not given. */
  public Optional<ClusterCount> clusterCount() {
    return Optional.ofNullable(count);
  }

  /** Returns the affinity graph W. */
  public CsrGraph graph() {
    return graph;
  }

  /** Returns the number of the graph's components. */
  public int components() {
    return components;
  }

  /** Returns the eigenvalues of D^-1/2 W D^-1/2, descending, the trivial one first. */
  public EigenPairs eigenPairs() {
    return pairs;
  }

  /** Returns the candidates, their scores and the chosen partition. */
  public CandidatePool pool() {
    return pool;
  }

  /** Returns the n confidences in the chosen partition, in [0, 1]; see {@link WalkConfidence}. */
  public double[] confidence() {
    return confidence;
  }

  /**
   * Returns the points with what was found for each, by which others can be assigned.
   *
   * @param points the n distinct points whose neighbours were given; kept, not copied
   * @param weights of the votes, as those of the graph's edges
   */
  public Landmarks landmarks(FloatMatrix points, EdgeWeights weights) {
    int n = points.rows();
    float[] sure = new float[n];
    float[] scales = new float[n];
    for (int i = 0; i < n; i++) {
      sure[i] = (float) confidence[i];
      for (int j = 0; self != null && j < Math.min(self.k(), SCALE_NEIGHBOUR); j++) {
        int e = i * self.k() + j;
        boolean counts = weights != EdgeWeights.BINARY && self.ids()[e] >= 0;
        scales[i] = counts ? self.distances()[e] : scales[i];
      }
    }
    return new Landmarks(points, pool.embedding(), pool.result().labels(), sure, scales);
  }
}
