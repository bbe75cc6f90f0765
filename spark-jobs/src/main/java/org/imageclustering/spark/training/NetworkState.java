package org.imageclustering.spark.training;

import java.io.Serializable;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network between two epochs, as it crosses the wire and is saved: its configuration in JSON
 * (with the number of steps so far), its parameters and the updater's state (Adam's moments,
 * momentum).
 */
public final class NetworkState implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String configuration;
  private final float[] parameters;
  private final float[] updater;

  /**
   * Wraps the arrays, not copied.
   *
   * @param updater empty before the first step
   */
  public NetworkState(String configuration, float[] parameters, float[] updater) {
    this.configuration = configuration;
    this.parameters = parameters;
    this.updater = updater;
  }

  /** Returns the state of a network; its arrays are copied. */
  public static NetworkState of(ComputationGraph graph) {
    INDArray updater = graph.getUpdater(true).getStateViewArray();
    return new NetworkState(
        graph.getConfiguration().toJson(),
        graph.params().dup().data().asFloat(),
        updater == null ? new float[0] : updater.dup().data().asFloat());
  }

  /** Returns the state of a new network of this configuration, with its random parameters. */
  public static NetworkState initial(ComputationGraphConfiguration configuration) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return new NetworkState(configuration.toJson(), of(graph).parameters, new float[0]);
  }

  /**
   * Returns the network.
   *
   * @throws IllegalArgumentException if the parameters are those of another network
   */
  public ComputationGraph network() {
    ComputationGraph graph =
        new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
    graph.init(Nd4j.createFromArray(parameters.clone()).reshape(1, parameters.length), false);
    if (updater.length > 0) {
      graph
          .getUpdater(true)
          .setStateViewArray(Nd4j.createFromArray(updater).reshape(1, updater.length));
    }
    return graph;
  }

  /**
   * Returns the parameters under another configuration of the same layers: other losses, another
   * updater.
   *
   * @param keepUpdater keeps the updater's state and the number of steps; false starts it anew
   */
  public NetworkState under(ComputationGraphConfiguration other, UpdaterState keepUpdater) {
    if (keepUpdater == UpdaterState.ANEW) {
      return new NetworkState(other.toJson(), parameters, new float[0]);
    }
    ComputationGraphConfiguration before = ComputationGraphConfiguration.fromJson(configuration);
    other.setIterationCount(before.getIterationCount());
    other.setEpochCount(before.getEpochCount());
    return new NetworkState(other.toJson(), parameters, updater);
  }

  /**
   * Returns the network as it is applied: without the updater's state, which with Adam is twice as
   * large as the parameters.
   */
  public NetworkState withoutUpdater() {
    return updater.length == 0 ? this : new NetworkState(configuration, parameters, new float[0]);
  }

  /** What becomes of the updater's state under another configuration. */
  public enum UpdaterState {
    /** It goes on. */
    KEPT,
    /** It starts anew. */
    ANEW
  }

  /** Returns the configuration in DL4J's JSON. */
  public String configuration() {
    return configuration;
  }

  /** Returns the parameters themselves, not a copy. */
  public float[] parameters() {
    return parameters;
  }

  /** Returns the updater's state itself, not a copy; empty before the first step. */
  public float[] updater() {
    return updater;
  }
}
