package org.imageclustering.sanet;

import org.imageclustering.graph.Connectivity;
import org.imageclustering.graph.Laplacian;

/**
 * One spectral analysis procedure (SA-Net, section 3.3, Table 1): an affinity, a normalised
 * Laplacian and a solver.
 *
 * @param name its key in the configuration
 * @param affinity how nodes are joined
 * @param connect what becomes of a graph in several components
 * @param laplacian whose eigenvectors are taken
 * @param solver how they are found
 */
public record ProcedureOptions(
    String name,
    AffinityOptions affinity,
    Connectivity connect,
    Laplacian laplacian,
    Solver solver) {

  /** How eigenvectors are found. */
  public enum Solver {
    /**
     * The eigenvectors of the sparse matrix by products alone. The paper names Lanczos (section
     * 3.3); what runs is subspace iteration with Chebyshev filters (docs/decisions/003).
     */
    LANCZOS
  }
}
