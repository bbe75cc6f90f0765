package org.imageclustering.sanet;

import java.util.Arrays;
import org.imageclustering.UserException;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.EpsilonGraph;
import org.imageclustering.graph.KernelAffinity;
import org.imageclustering.graph.KnnGraph;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.graph.SpanningTree;
import org.imageclustering.graph.SpanningTree.LongestEdge;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.sanet.AffinityOptions.Epsilon;
import org.imageclustering.sanet.AffinityOptions.Gaussian;
import org.imageclustering.sanet.AffinityOptions.Knn;
import org.imageclustering.sanet.AffinityOptions.Sigma;
import org.imageclustering.sanet.AffinityOptions.WhenFull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The affinity graphs of one layer. Its procedures share the nodes, one neighbour search, and the
 * longest edge of the minimal spanning tree, which is looked for once and only if one asks.
 */
final class LayerGraphs {
  private static final Logger LOG = LoggerFactory.getLogger(LayerGraphs.class);

  /** Neighbours from whose graph the spanning tree of many nodes is taken. */
  private static final int TREE_NEIGHBOURS = 17;

  /** Below this weight to its nearest a node stands alone; see {@link EdgeWeights}. */
  private static final double LEAST_WEIGHT = 1e-6;

  private final String layer;
  private final FloatMatrix points;
  private final Neighbours nearest;
  private final FitContext context;
  private LongestEdge longestEdge;

  LayerGraphs(String layer, FloatMatrix points, Neighbours nearest, FitContext context) {
    this.layer = layer;
    this.points = points;
    this.nearest = nearest;
    this.context = context;
  }

  FloatMatrix points() {
    return points;
  }

  /** Returns the fully connected affinity of a procedure. */
  KernelAffinity kernel(ProcedureOptions procedure) {
    return procedure.affinity() instanceof Gaussian gaussian
        ? KernelAffinity.gaussian(points, width(procedure, gaussian.sigma()))
        : KernelAffinity.selfTuning(points, nearest);
  }

  /** Returns the sparse graph of a procedure. */
  CsrGraph graph(ProcedureOptions procedure) {
    return procedure.affinity() instanceof Knn knn
        ? knn(procedure, knn)
        : epsilon(procedure, (Epsilon) procedure.affinity());
  }

  private CsrGraph knn(ProcedureOptions procedure, Knn knn) {
    Neighbours near = nearest.first(knn.k());
    return KnnGraph.of(
        near, weights(procedure, near, knn.weights(), knn.sigma()), knn.symmetrisation());
  }

  private CsrGraph epsilon(ProcedureOptions procedure, Epsilon options) {
    String stage = layer + "." + procedure.name();
    Neighbours near = nearest.first(Math.min(options.maxEdges(), nearest.k()));
    double eta = eta().length();
    double epsilon = options.epsilon() * eta;
    context.measure(stage, "eta", eta);
    context.measure(stage, "eta exact", eta().exact());
    int capped = EpsilonGraph.capped(near, epsilon);
    context.measure(stage, "nodes with more edges than kept", capped);
    if (capped > 0) {
      reportFull(procedure, options, near, capped);
    }
    float[] weights = weights(procedure, near, options.weights(), options.sigma());
    return EpsilonGraph.of(near, epsilon, weights);
  }

  private void reportFull(
      ProcedureOptions procedure, Epsilon options, Neighbours near, int capped) {
    double fitting = fittingEpsilon(near) / eta().length();
    String found =
        "found %d of %d nodes with more than %s.max-edges = %d neighbours within %s.epsilon = %s times eta"
            .formatted(
                capped,
                near.count(),
                procedure.name(),
                options.maxEdges(),
                procedure.name(),
                options.epsilon());
    if (options.whenFull() == WhenFull.REFUSE) {
      throw new UserException(
          "Cannot join the nodes of layer %s: %s, expected none; epsilon = %.4g has none, max-edges up to 1000 allows more"
              .formatted(layer, found, fitting));
    }
    LOG.warn("Layer {}: {}; each keeps its {} shortest", layer, found, options.maxEdges());
  }

  /** Returns an epsilon within which no node has more neighbours than it may keep. */
  private static double fittingEpsilon(Neighbours near) {
    float least = Float.POSITIVE_INFINITY;
    for (int e = near.k() - 1; e < near.ids().length; e += near.k()) {
      least = Math.min(least, near.distances()[e]);
    }
    return 0.999 * least;
  }

  private LongestEdge eta() {
    if (longestEdge == null) {
      longestEdge =
          SpanningTree.longestEdge(points, nearest.first(Math.min(TREE_NEIGHBOURS, nearest.k())));
    }
    return longestEdge;
  }

  private float[] weights(
      ProcedureOptions procedure, Neighbours near, EdgeWeights weights, Sigma sigma) {
    return weights == EdgeWeights.GAUSSIAN
        ? EdgeWeights.gaussian(near, width(procedure, sigma))
        : weights.of(near);
  }

  /**
   * Returns sigma in the points' unit.
   *
   * @throws UserException if it leaves more than half of the nodes alone
   */
  private double width(ProcedureOptions procedure, Sigma sigma) {
    double typical = EdgeWeights.typicalDistance(nearest);
    double unit = sigma.unit() == Sigma.Unit.ABSOLUTE ? 1 : typical;
    double width = sigma.value() * unit;
    context.measure(layer + "." + procedure.name(), "sigma", width);
    double ratio = medianNearest() / width;
    if (Math.exp(-ratio * ratio / 2) < LEAST_WEIGHT) {
      throw new UserException(
          "Cannot join the nodes of layer %s: found %s.sigma = %s, which leaves more than half of the nodes with no weight above %s, expected a wider one; sigma = %.3g is the median distance to the 7th neighbour"
              .formatted(layer, procedure.name(), sigma.value(), LEAST_WEIGHT, typical / unit));
    }
    return width;
  }

  private double medianNearest() {
    float[] distances = new float[nearest.count()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = nearest.distances()[i * nearest.k()];
    }
    Arrays.sort(distances);
    return distances[distances.length / 2];
  }
}
