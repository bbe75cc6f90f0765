package org.imageclustering.spark.autoencoder;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.training.AutoencoderGraph;
import org.imageclustering.spark.training.AutoencoderTraining;
import org.imageclustering.spark.training.JointOptions;
import org.imageclustering.spark.training.TrainedAutoencoder;
import org.imageclustering.spark.training.TrainingOptions;

/** What both estimators do with their network: train it, then the last step. */
final class AutoencoderFit {
  /** The value of {@code final} that keeps the clusters of the training. */
  static final String OWN = "own";

  private final Config config;
  private final String section;
  private final StageStore stages;

  AutoencoderFit(Config config, String section, StageStore stages) {
    this.config = config;
    this.section = section;
    this.stages = stages;
  }

  /**
   * Returns the trained network.
   *
   * @param images id, image
   */
  TrainedAutoencoder train(Dataset<Row> images, AutoencoderGraph graph) {
    TrainingOptions options = TrainingOptions.of(config);
    AutoencoderTraining training =
        new AutoencoderTraining(
            images.sparkSession(), graph, options, JointOptions.of(config, section), stages);
    return training.run(
        images.select(col("id"), col("image.pixels").as("pixels")),
        (state, laidOut) ->
            Pretraining.of(config, section, graph, options.seed()).apply(state, laidOut, stages));
  }

  /** Returns the fitted last step, or null where the clusters are the network's own. */
  Transformer lastStep(Dataset<Row> features, String featuresCol) {
    return config.getString("final").equals(OWN)
        ? null
        : LastStep.fit(config, features, featuresCol, stages);
  }
}
