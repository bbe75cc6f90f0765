package org.imageclustering.spark.adaptive;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.descriptor.ImageRows;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.ImageEstimator;
import org.imageclustering.spark.training.LearningCurve;
import org.imageclustering.spark.training.NetworkState;
import org.imageclustering.spark.training.TrainingOptions;

/**
 * Autoencoder with deep adaptive clustering (AE + DAC; Yu et al. 2021): an encoder that learns to
 * reconstruct images and, through a head with K outputs, which pairs of them belong together.
 *
 * <p>Takes images (id long; image struct of height, width, channels int and pixels binary), all of
 * one shape. They stay on the executors; the driver holds the network and what the last step says
 * of itself.
 */
public final class AdaptiveClustering
    extends ImageEstimator<AdaptiveClustering, AdaptiveClusteringModel> {
  private static final long serialVersionUID = 1L;

  /** What the output column holds. */
  static final String FEATURES = "the codes";

  /** The least number of clusters: the head has so many outputs. */
  static final int LEAST_CLUSTERS = 2;

  /** The value of {@code final} that keeps the head's clusters. */
  private static final String OWN = "own";

  private transient LearningCurve curve;
  private transient Dataset<Row> history;

  /** An estimator with a fresh identifier. */
  public AdaptiveClustering() {
    this(Identifiable$.MODULE$.randomUID("dac"));
  }

  /** An estimator with this identifier. */
  public AdaptiveClustering(String uid) {
    super(uid, FEATURES, LEAST_CLUSTERS);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<AdaptiveClustering> read() {
    return new DefaultParamsReader<>();
  }

  /** Returns a saved estimator. */
  public static AdaptiveClustering load(String path) {
    return read().load(path);
  }

  @Override
  protected AdaptiveClustering self() {
    return this;
  }

  @Override
  protected AdaptiveClustering fresh(String identifier) {
    return new AdaptiveClustering(identifier);
  }

  /**
   * Returns the model that clusters these and other images.
   *
   * @throws org.imageclustering.UserException if an option or the images' shapes do not fit, or all
   *     images end up in one cluster
   */
  @Override
  public AdaptiveClusteringModel fit(Dataset<?> dataset) {
    Config config = configuration(OWN);
    Dataset<Row> images = images(dataset);
    MapShape shape = ImageRows.shape(images, "train a network");
    AdaptiveChecks.require(config, shape);
    AdaptiveOptions options = AdaptiveOptions.of(config);
    AdaptiveGraph graph = new AdaptiveGraph(AdaptiveNetwork.of(config, shape), options);
    AdaptiveTraining training =
        new AdaptiveTraining(
            images.sparkSession(), graph, options, TrainingOptions.of(config), stages());
    if (options.isFirstDescribed()) {
      FirstVectors described = FirstVectors.of(config, options.firstFeatures(), shape);
      training.withFirst(() -> described.of(images));
    }
    AdaptiveTraining.Trained trained =
        training.run(images.select(col("id"), col("image.pixels").as("pixels")));
    curve = trained.curve();
    history = trained.history();
    AdaptiveClusteringModel model =
        new AdaptiveClusteringModel(
            uid(), trained.state(), lastStep(config, images, trained.state()));
    copyValues(model, ParamMap.empty());
    return model;
  }

  private Transformer lastStep(Config config, Dataset<Row> images, NetworkState network) {
    if (config.getString("final").equals(OWN)) {
      return null;
    }
    Dataset<Row> features =
        outputs(images, network, getFeaturesCol(), stages())
            .drop("prediction", "confidence")
            .persist();
    try {
      return LastStep.fit(config, features, getFeaturesCol(), stages());
    } finally {
      features.unpersist();
    }
  }

  /**
   * Returns id, codes, prediction and confidence of images: the stage {@code features} of a fit,
   * which a store that keeps stages does not compute again.
   *
   * @param images id, image
   */
  public static Dataset<Row> outputs(
      Dataset<Row> images, NetworkState network, String featuresCol, StageStore stages) {
    return stages.once(
        "features", "", () -> OutputRows.of(images, "image", network, featuresCol).drop("image"));
  }

  /** Returns what was measured after each epoch of the last fit. */
  public LearningCurve learningCurve() {
    return curve;
  }

  /**
   * Returns the clusters after each epoch of the last fit: epoch, id, prediction, and the codes of
   * a sample of the images after some epochs.
   */
  public Dataset<Row> history() {
    return history;
  }
}
