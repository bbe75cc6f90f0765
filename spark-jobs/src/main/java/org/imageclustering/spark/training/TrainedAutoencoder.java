package org.imageclustering.spark.training;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a joint training leaves: the network, the centres of the clusters, and how it went. */
public final class TrainedAutoencoder {
  private final NetworkState state;
  private final float[][] centres;
  private final LearningCurve curve;
  private final Dataset<Row> history;

  TrainedAutoencoder(
      NetworkState state, float[][] centres, LearningCurve curve, Dataset<Row> history) {
    this.state = state;
    this.centres = centres;
    this.curve = curve;
    this.history = history;
  }

  /** Returns the network. */
  public NetworkState state() {
    return state;
  }

  /** Returns the centres, K x d, not a copy. */
  public float[][] centres() {
    return centres;
  }

  /** Returns the clusters after each epoch: see {@link EpochChain#history}. */
  public Dataset<Row> history() {
    return history;
  }

  /** Returns what was measured after each epoch. */
  public LearningCurve curve() {
    return curve;
  }
}
