package org.imageclustering.sanet;

import org.imageclustering.UserException;
import org.imageclustering.graph.Connectivity;
import org.imageclustering.graph.Laplacian;

/**
 * One spectral analysis procedure (SA-Net, section 3.3, Table 1): an affinity, a normalised
 * Laplacian and a solver.
 *
 * @param name its key in the configuration
 * @param affinity how nodes are joined
 * @param connect what becomes of a sparse graph in several components
 * @param laplacian whose eigenvectors are taken
 * @param solver how they are found
 */
public record ProcedureOptions(
    String name,
    AffinityOptions affinity,
    Connectivity connect,
    Laplacian laplacian,
    SolverOptions solver) {

  /** Checks that the solver can serve the affinity. */
  public ProcedureOptions {
    if (solver instanceof SolverOptions.Nystrom && !affinity.isDense()) {
      throw new UserException(
          "Cannot use %s.solver: found nystrom on a sparse graph, whose columns are almost all zero, expected lanczos or mini-batch; or affinity = gaussian or self-tuning"
              .formatted(name));
    }
  }

  /**
   * Checks that the solver can serve that many nodes and vectors, before any work.
   *
   * @param nodes of the layer
   * @param vectors that are computed
   * @throws UserException naming the option and a value that would work
   */
  void requireServes(int nodes, int vectors) {
    if (affinity.isDense()
        && solver instanceof SolverOptions.Lanczos lanczos
        && nodes > lanczos.denseNodes()) {
      throw new UserException(
          "Cannot use %s.solver = lanczos on a fully connected graph of %d nodes: expected at most %s.dense-nodes = %d; solver = nystrom or mini-batch takes more"
              .formatted(name, nodes, name, lanczos.denseNodes()));
    }
    if (solver instanceof SolverOptions.Nystrom nystrom
        && nystrom.columns() != 0
        && nystrom.columns() < vectors) {
      throw new UserException(
          "Cannot use %s.columns: found %d for %d vectors, expected %d or more (auto: %d)"
              .formatted(name, nystrom.columns(), vectors, vectors, Math.max(4 * vectors, 1000)));
    }
  }
}
