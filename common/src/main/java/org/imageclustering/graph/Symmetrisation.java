package org.imageclustering.graph;

/**
 * How the graph of nearest neighbours, in which i may be a neighbour of j but not j of i, becomes a
 * symmetric one: the weight of the edge between i and j from those of its two directions, either of
 * which may be 0.
 */
public enum Symmetrisation {
  /** {@code (w_ij + w_ji) / 2}: edges that hold in both directions count twice those in one. */
  MEAN {
    @Override
    float of(float there, float back) {
      return (there + back) / 2;
    }
  },

  /** {@code max(w_ij, w_ji)}: an edge where either is a neighbour of the other. */
  UNION {
    @Override
    float of(float there, float back) {
      return Math.max(there, back);
    }
  },

  /**
   * {@code min(w_ij, w_ji)}: an edge where each is a neighbour of the other. Breaks most graphs
   * into many parts and leaves nodes without any neighbour.
   */
  MUTUAL {
    @Override
    float of(float there, float back) {
      return Math.min(there, back);
    }
  };

  abstract float of(float there, float back);
}
