package org.imageclustering.sanet;

import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.Laplacian;
import org.imageclustering.graph.Symmetrisation;

/**
 * One spectral analysis procedure (SA-Net, section 3.3, Table 1): an affinity graph, a normalised
 * Laplacian and a solver.
 *
 * @param name its key in the configuration
 * @param affinity how nodes are joined
 * @param k neighbours of each node
 * @param weights of the edges
 * @param symmetrisation how directed neighbours become an undirected graph
 * @param laplacian whose eigenvectors are taken
 * @param solver how they are found
 */
public record ProcedureOptions(
    String name,
    Affinity affinity,
    int k,
    EdgeWeights weights,
    Symmetrisation symmetrisation,
    Laplacian laplacian,
    Solver solver) {

  /** How nodes are joined. */
  public enum Affinity {
    /** Each node with its k nearest. */
    KNN
  }

  /** How eigenvectors are found. */
  public enum Solver {
    /**
     * The eigenvectors of the sparse matrix by products alone. The paper names Lanczos (section
     * 3.3); what runs is subspace iteration with Chebyshev filters (docs/decisions/003).
     */
    LANCZOS
  }

  /** Checks the ranges. */
  public ProcedureOptions {
    Ranges.between(name, "k", k, 1, 1000);
  }
}
