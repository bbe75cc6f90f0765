package org.imageclustering.spark.autoencoder;

import com.typesafe.config.Config;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.training.AutoencoderGraph;
import org.imageclustering.spark.training.NetworkState;
import org.imageclustering.spark.training.RbmOptions;
import org.imageclustering.spark.training.RbmPretraining;
import org.imageclustering.spark.training.TrainingImages;

/** What is done to a network's random parameters before its first epoch. */
@FunctionalInterface
interface Pretraining {
  /** Returns the parameters to start from. */
  NetworkState apply(NetworkState state, TrainingImages images, StageStore stages);

  /** Returns what the key {@code pretraining} of a section names: none, or rbm for dense layers. */
  static Pretraining of(Config config, String section, AutoencoderGraph graph, long seed) {
    Config own = config.getConfig(section);
    if (!own.hasPath("pretraining")) {
      return (state, images, stages) -> state;
    }
    Kind kind = NetworkOptions.named(Kind.class, section, own, "pretraining");
    if (kind == Kind.NONE) {
      return (state, images, stages) -> state;
    }
    RbmOptions options = RbmOptions.of(own.getConfig("rbm"), section + ".rbm", seed);
    return (state, images, stages) ->
        stages.step(
            "pre-training", () -> new RbmPretraining(graph, options, stages).apply(state, images));
  }

  /** The ways that there are. */
  enum Kind {
    NONE,
    RBM
  }
}
