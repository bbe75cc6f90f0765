package org.imageclustering.spark.autoencoder;

import com.typesafe.config.Config;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.descriptor.ImageRows;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.ImageEstimator;
import org.imageclustering.spark.training.AutoencoderGraph;
import org.imageclustering.spark.training.LearningCurve;
import org.imageclustering.spark.training.NetworkState;
import org.imageclustering.spark.training.TrainedAutoencoder;

/**
 * An autoencoder whose codes are drawn to the centres of their clusters while it learns, whatever
 * its layers.
 *
 * <p>Takes images (id long; image struct of height, width, channels int and pixels binary), all of
 * one shape. They stay on the executors; the driver holds the network and what the last step says
 * of itself.
 *
 * @param <E> the estimator itself, which its setters return
 */
public abstract class AutoencoderEstimator<E extends AutoencoderEstimator<E>>
    extends ImageEstimator<E, AutoencoderClusteringModel> {
  private static final long serialVersionUID = 1L;

  /** What the output column holds. */
  static final String FEATURES = "the codes";

  /** The least number of clusters: the network learns with the centres, so it must be known. */
  static final int LEAST_CLUSTERS = 2;

  private transient LearningCurve curve;
  private transient Dataset<Row> history;

  AutoencoderEstimator(String uid) {
    super(uid, FEATURES, LEAST_CLUSTERS);
  }

  /** Returns the section of the configuration that describes the network. */
  abstract String section();

  /**
   * Returns the network for images of a shape.
   *
   * @throws org.imageclustering.UserException if an option or the shape does not fit
   */
  abstract AutoencoderGraph graph(Config config, MapShape shape);

  /**
   * Returns the model that clusters these and other images.
   *
   * @throws org.imageclustering.UserException if an option or the images' shapes do not fit, or the
   *     training collapses
   */
  @Override
  public AutoencoderClusteringModel fit(Dataset<?> dataset) {
    Config config = configuration(AutoencoderFit.OWN);
    Dataset<Row> images = images(dataset);
    AutoencoderFit fit = new AutoencoderFit(config, section(), stages());
    TrainedAutoencoder trained =
        fit.train(images, graph(config, ImageRows.shape(images, "train an autoencoder")));
    curve = trained.curve();
    history = trained.history();
    Dataset<Row> features = features(images, trained.state(), getFeaturesCol(), stages()).persist();
    try {
      Transformer lastStep = fit.lastStep(features, getFeaturesCol());
      AutoencoderClusteringModel model =
          new AutoencoderClusteringModel(uid(), trained.state(), trained.centres(), lastStep);
      copyValues(model, ParamMap.empty());
      return model;
    } finally {
      features.unpersist();
    }
  }

  /** Returns what was measured after each epoch of the last fit. */
  public LearningCurve learningCurve() {
    return curve;
  }

  /**
   * Returns the clusters after each joint epoch of the last fit: epoch, id, prediction, and the
   * codes of a sample of the images after some epochs.
   */
  public Dataset<Row> history() {
    return history;
  }

  /**
   * Returns id and the codes of images: the stage {@code features} of a fit, which a store that
   * keeps stages does not compute again.
   *
   * @param images id, image
   */
  public static Dataset<Row> features(
      Dataset<Row> images, NetworkState network, String featuresCol, StageStore stages) {
    return stages.once(
        "features",
        "",
        () -> EncodedRows.encode(images, "image", network, featuresCol).drop("image"));
  }
}
