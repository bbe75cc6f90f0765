package org.imageclustering.spark.winnertakeall;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.PooledMaps;
import org.imageclustering.spark.descriptor.ImageRows;
import org.imageclustering.spark.settings.ClusteringParams;
import org.imageclustering.spark.settings.ImageEstimator;
import org.imageclustering.spark.training.LearningCurve;
import org.imageclustering.spark.training.TrainedNetwork;
import org.imageclustering.spark.training.WinnerTakeAllGraph;
import org.imageclustering.spark.training.WinnerTakeAllOptions;
import org.imageclustering.spark.training.WinnerTakeAllTraining;

/**
 * Winner-take-all co-clustering: a convolutional autoencoder learns sparse visual elements; images
 * and elements are clustered together; linear support vector machines refine and join the clusters.
 *
 * <p>Takes images (id long; image struct of height, width, channels int and pixels binary), all of
 * one shape, any size and number of channels. They stay on the executors; the driver holds the
 * network and what the steps after it say of themselves.
 */
public final class WinnerTakeAllCoclustering
    extends ImageEstimator<WinnerTakeAllCoclustering, WinnerTakeAllModel> {
  private static final long serialVersionUID = 1L;

  /** What the output column holds. */
  static final String FEATURES = "the pooled maps, sparse";

  /** The stage that keeps id and the features. */
  public static final String FEATURES_STAGE = "features";

  /** The least number of clusters: it can be found by joining. */
  static final int LEAST_CLUSTERS = ClusteringParams.AUTO;

  private transient LearningCurve curve;

  /** An estimator with a fresh identifier. */
  public WinnerTakeAllCoclustering() {
    this(Identifiable$.MODULE$.randomUID("wta"));
  }

  /** An estimator with this identifier. */
  public WinnerTakeAllCoclustering(String uid) {
    super(uid, FEATURES, LEAST_CLUSTERS);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<WinnerTakeAllCoclustering> read() {
    return new DefaultParamsReader<>();
  }

  /** Returns a saved estimator. */
  public static WinnerTakeAllCoclustering load(String path) {
    return read().load(path);
  }

  @Override
  protected WinnerTakeAllCoclustering self() {
    return this;
  }

  @Override
  protected WinnerTakeAllCoclustering fresh(String identifier) {
    return new WinnerTakeAllCoclustering(identifier);
  }

  /**
   * Returns the model that clusters these and other images.
   *
   * @throws org.imageclustering.UserException if an option or the images' shapes do not fit, or
   *     there are too few different images
   */
  @Override
  public WinnerTakeAllModel fit(Dataset<?> dataset) {
    Config config = configuration(WinnerTakeAllFit.OWN);
    Dataset<Row> images = images(dataset);
    MapShape shape = ImageRows.shape(images, "train an autoencoder");
    WinnerTakeAllChecks.check(config, shape);
    WinnerTakeAllOptions options = WinnerTakeAllOptions.of(config);
    WinnerTakeAllGraph graph = new WinnerTakeAllGraph(options, shape);
    PooledMaps pooling = FeatureOptions.of(config).pooling(graph.code());
    WinnerTakeAllFit fit = new WinnerTakeAllFit(config, getFeaturesCol(), stages());
    TrainedNetwork trained =
        new WinnerTakeAllTraining(
                dataset.sparkSession(),
                graph,
                WinnerTakeAllOptions.training(config),
                options,
                stages())
            .run(images.select(col("id"), col("image.pixels").as("pixels")));
    curve = trained.curve();
    Dataset<Row> features =
        stages()
            .once(
                FEATURES_STAGE,
                "",
                () ->
                    PooledRows.of(images, "image", trained.state(), pooling, getFeaturesCol())
                        .drop("image"))
            .persist();
    try {
      WinnerTakeAllModel model =
          new WinnerTakeAllModel(uid(), trained.state(), pooling, fit.clusters(features));
      copyValues(model, ParamMap.empty());
      return model.setParent(this);
    } finally {
      features.unpersist();
    }
  }

  /** Returns what was measured after each epoch of the last fit. */
  public LearningCurve learningCurve() {
    return curve;
  }
}
