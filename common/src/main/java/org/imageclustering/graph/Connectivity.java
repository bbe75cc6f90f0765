package org.imageclustering.graph;

/**
 * What becomes of an affinity graph that falls into several components. Every component has a null
 * vector of the Laplacian of its own (von Luxburg 2007, Proposition 4), which says where the
 * component is and nothing else.
 */
public enum Connectivity {
  /**
   * The graph stays as it is, and its null vectors are eigenvectors like any other. A node without
   * any neighbour is an error.
   */
  KEEP,
  /** The graph stays as it is; the null vectors, one a component, are left out. */
  ACCEPT,
  /** Components are joined by their nearest pairs of points ({@link GraphRepair}). */
  REPAIR,
  /** A broken graph is the user's error. */
  REFUSE
}
