package org.imageclustering.spark.training;

/** What a training leaves: the network, and how it went. */
public final class TrainedNetwork {
  private final NetworkState state;
  private final LearningCurve curve;

  TrainedNetwork(NetworkState state, LearningCurve curve) {
    this.state = state;
    this.curve = curve;
  }

  /** Returns the network. */
  public NetworkState state() {
    return state;
  }

  /** Returns what was measured after each epoch. */
  public LearningCurve curve() {
    return curve;
  }
}
