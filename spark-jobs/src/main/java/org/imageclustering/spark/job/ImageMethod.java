package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.ImageEstimator;
import org.imageclustering.spark.settings.Settings;

/** A method that takes the pixels of images alone. */
interface ImageMethod extends Method {
  @Override
  default List<String> representations() {
    return List.of(Representation.PIXELS);
  }

  @Override
  default Dataset<Row> transform(MethodInput input, Transformer model) {
    return model.transform(input.images()).drop("image");
  }

  /**
   * Checks that a data set has images.
   *
   * @throws UserException if it has vectors
   */
  default void requireImages(DatasetShape shape) {
    if (!shape.isOfImages()) {
      throw new UserException(
          "Cannot run %s on a data set of vectors: expected images; 'cluster spectral' takes vectors"
              .formatted(name()));
    }
  }

  /** Returns an estimator with the options of a run. */
  static <E extends ImageEstimator<E, ?>> E configured(
      E estimator, Config config, StageStore stages) {
    return estimator
        .setK(ClusterJob.clusters(config))
        .setSeed(config.getLong("seed"))
        .setSettings(Settings.json(config))
        .setStageStore(stages);
  }
}
