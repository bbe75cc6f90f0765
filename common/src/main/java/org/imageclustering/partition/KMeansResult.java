package org.imageclustering.partition;

import java.io.Serializable;
import org.imageclustering.linalg.FloatMatrix;

/** A partition by k-means, with its centres. */
public final class KMeansResult implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FloatMatrix centres;
  private final int[] assignment;
  private final double cost;

  /** Wraps the arrays, not copied. */
  KMeansResult(FloatMatrix centres, int[] assignment, double cost) {
    this.centres = centres;
    this.assignment = assignment;
    this.cost = cost;
  }

  /** Returns the means of the clusters, K x d. */
  public FloatMatrix centres() {
    return centres;
  }

  /** Returns the cluster number in {@code [0, K)} of each of the n points, not a copy. */
  public int[] assignment() {
    return assignment;
  }

  /** Returns the sum of the points' squared distances to their centres. */
  public double cost() {
    return cost;
  }
}
