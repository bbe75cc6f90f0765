package org.imageclustering.sanet;

import com.typesafe.config.Config;
import java.util.Set;
import java.util.TreeSet;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.affinity.LandmarkSampling;
import org.imageclustering.graph.Connectivity;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.Laplacian;
import org.imageclustering.graph.Symmetrisation;
import org.imageclustering.sanet.AffinityOptions.Sigma;
import org.imageclustering.sanet.AffinityOptions.WhenFull;
import org.imageclustering.spectral.MiniBatchOptions;

/** Reads one procedure; a key that its affinity or solver does not have is an error. */
final class ProcedureConfig {
  private enum Affinity {
    KNN,
    EPSILON,
    GAUSSIAN,
    SELF_TUNING
  }

  private enum Solver {
    LANCZOS,
    NYSTROM,
    MINI_BATCH
  }

  /** Nodes up to which some hundred products with an n x n kernel take minutes. */
  private static final int DENSE_NODES = 10_000;

  private final String name;
  private final Config config;
  private final Set<String> known = new TreeSet<>(Set.of("affinity", "laplacian", "solver"));

  private ProcedureConfig(String name, Config config) {
    this.name = name;
    this.config = config;
  }

  static ProcedureOptions read(String name, Config config) {
    return new ProcedureConfig(name, config).options();
  }

  private ProcedureOptions options() {
    Affinity kind = choice("affinity", Affinity.KNN);
    AffinityOptions affinity =
        switch (kind) {
          case KNN -> knn();
          case EPSILON -> epsilon();
          case GAUSSIAN -> new AffinityOptions.Gaussian(gaussian());
          case SELF_TUNING -> new AffinityOptions.SelfTuning();
        };
    Connectivity usual = kind == Affinity.KNN ? Connectivity.KEEP : Connectivity.ACCEPT;
    Solver method = choice("solver", affinity.isDense() ? Solver.NYSTROM : Solver.LANCZOS);
    ProcedureOptions options =
        new ProcedureOptions(
            name,
            affinity,
            affinity.isDense() ? usual : choice("connect", usual),
            choice("laplacian", Laplacian.SYM),
            solver(method, affinity.isDense()));
    requireKnown(kind, method);
    return options;
  }

  private SolverOptions solver(Solver method, boolean dense) {
    return switch (method) {
      case LANCZOS -> {
        int denseNodes = dense ? number("dense-nodes", DENSE_NODES) : DENSE_NODES;
        Ranges.atLeast(name, "dense-nodes", denseNodes, 1);
        yield new SolverOptions.Lanczos(denseNodes);
      }
      case NYSTROM -> {
        int columns = number("columns", 0);
        Ranges.between(name, "columns", columns, 0, 10_000);
        yield new SolverOptions.Nystrom(columns, choice("sampling", LandmarkSampling.GREEDY));
      }
      case MINI_BATCH -> miniBatch();
    };
  }

  private SolverOptions miniBatch() {
    MiniBatchOptions defaults = MiniBatchOptions.defaults();
    int batch = number("batch", defaults.batch());
    Ranges.atLeast(name, "batch", batch, 0);
    int iterations = number("iterations", defaults.iterations());
    Ranges.atLeast(name, "iterations", iterations, 1);
    double step = real("step", defaults.step());
    Ranges.within(name, "step", step, 0, 1);
    double tolerance = real("tolerance", defaults.tolerance());
    Ranges.within(name, "tolerance", tolerance, 0, 0.5);
    return new SolverOptions.MiniBatch(new MiniBatchOptions(batch, iterations, step, tolerance));
  }

  private AffinityOptions knn() {
    EdgeWeights weights = choice("weights", EdgeWeights.BINARY);
    int k = number("k", 9);
    Ranges.between(name, "k", k, 1, 1000);
    return new AffinityOptions.Knn(
        k, weights, sigma(weights), choice("symmetrisation", Symmetrisation.MEAN));
  }

  private AffinityOptions epsilon() {
    EdgeWeights weights = choice("weights", EdgeWeights.BINARY);
    double epsilon = real("epsilon", 1);
    Ranges.within(name, "epsilon", epsilon, 0, 1000);
    int maxEdges = number("max-edges", 64);
    Ranges.between(name, "max-edges", maxEdges, 7, 1000);
    return new AffinityOptions.Epsilon(
        epsilon, maxEdges, choice("when-full", WhenFull.SHORTEST), weights, sigma(weights));
  }

  private Sigma sigma(EdgeWeights weights) {
    return weights == EdgeWeights.GAUSSIAN
        ? gaussian()
        : new Sigma(1, Sigma.Unit.NEIGHBOUR_DISTANCE);
  }

  private Sigma gaussian() {
    double value = real("sigma", 1);
    Ranges.within(name, "sigma", value, 0, 1e9);
    return new Sigma(value, choice("sigma-unit", Sigma.Unit.NEIGHBOUR_DISTANCE));
  }

  private void requireKnown(Affinity kind, Solver method) {
    for (String key : config.root().keySet()) {
      if (!known.contains(key)) {
        throw new UserException(
            "Cannot use the key %s of %s, with affinity %s and solver %s: expected one of %s"
                .formatted(key, name, Options.key(kind), Options.key(method), known));
      }
    }
  }

  private int number(String key, int otherwise) {
    known.add(key);
    return SaNetConfig.number(config, key, otherwise);
  }

  private double real(String key, double otherwise) {
    known.add(key);
    return config.hasPath(key) ? config.getDouble(key) : otherwise;
  }

  private <E extends Enum<E>> E choice(String key, E otherwise) {
    known.add(key);
    return SaNetConfig.choice(name, config, key, otherwise);
  }
}
