package org.imageclustering.graph;

/** The weight of the edge from a point to one of its k nearest neighbours. */
public enum EdgeWeights {
  /** {@code w_ij = 1} (SA-Net Table 1, kNN). */
  BINARY {
    @Override
    public float[] of(Neighbours neighbours) {
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
    public float[] of(Neighbours neighbours) {
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
  },

  /**
   * {@code w_ij = exp(-d_ij^2 / (2 sigma^2))} (SA-Net, section 3.1) with sigma the median of the
   * distances to the 7th neighbours, or another one ({@link #gaussian}). No weight is below 1e-6.
   */
  GAUSSIAN {
    @Override
    public float[] of(Neighbours neighbours) {
      return gaussian(neighbours, typicalDistance(neighbours));
    }
  },

  /**
   * {@code w_ij = exp(-max(0, d_ij - rho_i) / sigma_i)} with {@code rho_i} the distance of point i
   * to the nearest point that is no copy, and {@code sigma_i} such that the weights of i's k edges
   * sum to log2 k: the fuzzy neighbourhoods of UMAP (McInnes, Healy and Melville 2018, section
   * 3.1). At least 1e-6.
   */
  FUZZY {
    @Override
    public float[] of(Neighbours neighbours) {
      return FuzzyWeights.of(neighbours);
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
  public abstract float[] of(Neighbours neighbours);

  /** Returns for each point the distance to its 7th neighbour, or to the last that it has. */
  static float[] scales(Neighbours neighbours) {
    return Distances.toNeighbour(neighbours, SCALE_NEIGHBOUR);
  }

  /**
   * Returns the unit in which a relative sigma is measured: the median of the points' distances to
   * their 7th neighbours; 1 where most points have seven copies.
   */
  public static double typicalDistance(Neighbours neighbours) {
    double median = Distances.median(scales(neighbours));
    return median > 0 ? median : 1;
  }

  /**
   * Returns the weights {@code exp(-d^2 / (2 sigma^2))} of the edges of every point, {@code count x
   * k}, at least 1e-6; those of missing neighbours are 0.
   *
   * @param sigma above 0, in the points' unit
   */
  public static float[] gaussian(Neighbours neighbours, double sigma) {
    float[] weights = new float[neighbours.ids().length];
    for (int e = 0; e < weights.length; e++) {
      if (neighbours.ids()[e] >= 0) {
        double ratio = neighbours.distances()[e] / sigma;
        weights[e] = (float) Math.max(LEAST, Math.exp(-ratio * ratio / 2));
      }
    }
    return weights;
  }
}
