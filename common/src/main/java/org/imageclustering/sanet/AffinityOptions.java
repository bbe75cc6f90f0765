package org.imageclustering.sanet;

import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.Symmetrisation;

/** How the nodes of a procedure are joined (SA-Net Table 1, affinity matrix). */
public sealed interface AffinityOptions
    permits AffinityOptions.Knn,
        AffinityOptions.Epsilon,
        AffinityOptions.Gaussian,
        AffinityOptions.SelfTuning {
  /** The neighbour whose distance is a node's scale (Zelnik-Manor and Perona 2004). */
  int SCALE_NEIGHBOUR = 7;

  /** Returns how many nearest neighbours of each node it needs. */
  int reach();

  /** Returns whether all nodes are joined with all. */
  default boolean isDense() {
    return false;
  }

  /**
   * Each node with its k nearest.
   *
   * @param k 1 to 1000
   * @param weights of the edges
   * @param sigma of Gaussian weights
   * @param symmetrisation how directed neighbours become an undirected graph
   */
  record Knn(int k, EdgeWeights weights, Sigma sigma, Symmetrisation symmetrisation)
      implements AffinityOptions {
    @Override
    public int reach() {
      return k;
    }
  }

  /**
   * Nodes that are no farther apart than epsilon.
   *
   * @param epsilon in multiples of eta, the longest edge of the minimal spanning tree
   * @param maxEdges the most edges that a node keeps, its shortest; 7 to 1000
   * @param whenFull what happens where a node has more
   * @param weights of the edges
   * @param sigma of Gaussian weights
   */
  record Epsilon(double epsilon, int maxEdges, WhenFull whenFull, EdgeWeights weights, Sigma sigma)
      implements AffinityOptions {
    @Override
    public int reach() {
      return maxEdges;
    }
  }

  /**
   * All nodes with all, by {@code exp(-d^2 / (2 sigma^2))}.
   *
   * @param sigma the width
   */
  record Gaussian(Sigma sigma) implements AffinityOptions {
    @Override
    public int reach() {
      return SCALE_NEIGHBOUR;
    }

    @Override
    public boolean isDense() {
      return true;
    }
  }

  /** All nodes with all, by {@code exp(-d^2 / (sigma_i sigma_j))}. */
  record SelfTuning() implements AffinityOptions {
    @Override
    public int reach() {
      return SCALE_NEIGHBOUR;
    }

    @Override
    public boolean isDense() {
      return true;
    }
  }

  /** What happens where a node has more edges within epsilon than it may keep. */
  enum WhenFull {
    /** The shortest are kept, and the number of such nodes is reported. */
    SHORTEST,
    /** It is the user's error. */
    REFUSE
  }

  /**
   * The width of a Gaussian.
   *
   * @param value above 0
   * @param unit of the value
   */
  record Sigma(double value, Unit unit) {
    /** What a width is measured in. */
    public enum Unit {
      /** The median of the nodes' distances to their 7th neighbours. */
      NEIGHBOUR_DISTANCE,
      /** The windows' own unit: Euclidean distance of pixels in [0, 1], or of maps. */
      ABSOLUTE
    }
  }
}
