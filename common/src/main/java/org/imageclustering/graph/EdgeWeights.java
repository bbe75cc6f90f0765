package org.imageclustering.graph;

/** The weight of the edge from a point to one of its k nearest neighbours. */
public enum EdgeWeights {
  /** {@code w_ij = 1} (SA-Net Table 1, kNN). */
  BINARY {
    @Override
    float[] of(Neighbours neighbours) {
      float[] weights = new float[neighbours.ids().length];
      for (int e = 0; e < weights.length; e++) {
        weights[e] = neighbours.ids()[e] >= 0 ? 1f : 0f;
      }
      return weights;
    }
  },

  /**
   * {@code w_ij = exp(-d_ij^2 / (sigma_i sigma_j))} with {@code sigma_i} the distance of point i to
   * its 7th neighbour, or to its last if it has fewer (local scaling: Zelnik-Manor and Perona
   * 2004). Copies weigh 1. No weight is below 1e-6: a point far from a tight group, or from seven
   * copies of one point (sigma zero), would underflow to 0 and lose all its edges.
   */
  SELF_TUNING {
    @Override
    float[] of(Neighbours neighbours) {
      float[] sigma = scales(neighbours);
      float[] weights = new float[neighbours.ids().length];
      for (int e = 0; e < weights.length; e++) {
        int to = neighbours.ids()[e];
        if (to >= 0) {
          double distance = neighbours.distances()[e];
          double scale = (double) sigma[e / neighbours.k()] * sigma[to];
          weights[e] =
              distance == 0 ? 1f : (float) Math.max(LEAST, Math.exp(-distance * distance / scale));
        }
      }
      return weights;
    }
  };

  private static final int SCALE_NEIGHBOUR = 7;
  private static final double LEAST = 1e-6;

  /**
   * Returns the weights of the edges of every point, {@code count x k}; those of missing neighbours
   * are 0.
   *
   * @param neighbours of the points among themselves; not modified
   */
  abstract float[] of(Neighbours neighbours);

  /** Returns for each point the distance to its 7th neighbour, or to the last that it has. */
  private static float[] scales(Neighbours neighbours) {
    int k = neighbours.k();
    float[] scales = new float[neighbours.count()];
    for (int i = 0; i < scales.length; i++) {
      for (int j = 0; j < Math.min(k, SCALE_NEIGHBOUR) && neighbours.ids()[i * k + j] >= 0; j++) {
        scales[i] = neighbours.distances()[i * k + j];
      }
    }
    return scales;
  }
}
