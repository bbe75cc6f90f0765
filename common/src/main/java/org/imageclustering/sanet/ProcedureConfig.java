package org.imageclustering.sanet;

import com.typesafe.config.Config;
import java.util.Set;
import java.util.TreeSet;
import org.imageclustering.UserException;
import org.imageclustering.graph.Connectivity;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.Laplacian;
import org.imageclustering.graph.Symmetrisation;
import org.imageclustering.sanet.AffinityOptions.Sigma;
import org.imageclustering.sanet.AffinityOptions.WhenFull;

/** Reads one procedure; a key that its affinity or solver does not have is an error. */
final class ProcedureConfig {
  private enum Affinity {
    KNN,
    EPSILON
  }

  private final String name;
  private final Config config;
  private final Set<String> known = new TreeSet<>(Set.of("affinity", "laplacian", "connect"));

  private ProcedureConfig(String name, Config config) {
    this.name = name;
    this.config = config;
  }

  static ProcedureOptions read(String name, Config config) {
    return new ProcedureConfig(name, config).options();
  }

  private ProcedureOptions options() {
    Affinity kind = choice("affinity", Affinity.KNN);
    AffinityOptions affinity = kind == Affinity.KNN ? knn() : epsilon();
    ProcedureOptions options =
        new ProcedureOptions(
            name,
            affinity,
            choice("connect", kind == Affinity.KNN ? Connectivity.KEEP : Connectivity.ACCEPT),
            choice("laplacian", Laplacian.SYM),
            choice("solver", ProcedureOptions.Solver.LANCZOS));
    requireKnown(kind);
    return options;
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

  private void requireKnown(Affinity kind) {
    for (String key : config.root().keySet()) {
      if (!known.contains(key)) {
        throw new UserException(
            "Cannot use the key %s of %s, whose affinity is %s: expected one of %s"
                .formatted(key, name, SaNetConfig.spelling(kind), known));
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
