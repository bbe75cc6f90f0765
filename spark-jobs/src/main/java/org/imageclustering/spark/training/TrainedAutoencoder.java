package org.imageclustering.spark.training;

/** What a joint training leaves: the network, the centres of the clusters, and how it went. */
public final class TrainedAutoencoder {
  private final NetworkState state;
  private final float[][] centres;
  private final LearningCurve curve;

  TrainedAutoencoder(NetworkState state, float[][] centres, LearningCurve curve) {
    this.state = state;
    this.centres = centres;
    this.curve = curve;
  }

  /** Returns the network. */
  public NetworkState state() {
    return state;
  }

  /** Returns the centres, K x d, not a copy. */
  public float[][] centres() {
    return centres;
  }

  /** Returns what was measured after each epoch. */
  public LearningCurve curve() {
    return curve;
  }
}
