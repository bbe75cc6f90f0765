package org.imageclustering.spark.autoencoder;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;
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

  /**
   * Returns the shape that all images have; a single aggregation, two rows reach the driver.
   *
   * @throws UserException if there are none, or of several shapes
   */
  static MapShape shape(Dataset<Row> images) {
    List<Row> shapes =
        images.select("image.height", "image.width", "image.channels").distinct().takeAsList(2);
    if (shapes.size() != 1) {
      throw new UserException(
          "Cannot train an autoencoder: found images of "
              + (shapes.isEmpty() ? "no size" : shapes.get(0) + " and " + shapes.get(1))
              + ", expected all of one height, width and number of channels");
    }
    Row shape = shapes.get(0);
    return new MapShape(shape.getInt(0), shape.getInt(1), shape.getInt(2));
  }
}
