package org.imageclustering.spark.training;

import java.io.Serializable;

/** What an epoch gives: the network after it, and the mean loss of an example while it ran. */
public final class TrainedEpoch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final NetworkState state;
  private final double loss;

  TrainedEpoch(NetworkState state, double loss) {
    this.state = state;
    this.loss = loss;
  }

  /** Returns the network. */
  public NetworkState state() {
    return state;
  }

  /** Returns the mean loss of an example, taken before each step. */
  public double loss() {
    return loss;
  }
}
