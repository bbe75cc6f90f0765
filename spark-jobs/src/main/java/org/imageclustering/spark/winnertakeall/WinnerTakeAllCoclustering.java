package org.imageclustering.spark.winnertakeall;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.PooledMaps;
import org.imageclustering.spark.descriptor.ImageRows;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.ClusteringParams;
import org.imageclustering.spark.training.LearningCurve;
import org.imageclustering.spark.training.TrainedNetwork;
import org.imageclustering.spark.training.TrainingOptions;
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
public final class WinnerTakeAllCoclustering extends Estimator<WinnerTakeAllModel>
    implements ClusteringParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** What the output column holds. */
  static final String FEATURES = "the pooled maps, sparse";

  /** The stage that keeps id and the features. */
  public static final String FEATURES_STAGE = "features";

  /** The least number of clusters: it can be found by joining. */
  static final int LEAST_CLUSTERS = ClusteringParams.AUTO;

  private final String uid;
  private final Held held;
  private transient StageStore stages = new InMemoryStageStore();
  private transient LearningCurve curve;

  /** An estimator with a fresh identifier. */
  public WinnerTakeAllCoclustering() {
    this(Identifiable$.MODULE$.randomUID("wta"));
  }

  /** An estimator with this identifier. */
  public WinnerTakeAllCoclustering(String uid) {
    this.uid = uid;
    this.held = new Held(this, FEATURES, LEAST_CLUSTERS);
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
  public String uid() {
    return uid;
  }

  @Override
  public Held held() {
    return held;
  }

  /** Sets the column of ids. */
  public WinnerTakeAllCoclustering setIdCol(String value) {
    set(idCol(), value);
    return this;
  }

  /** Sets the column of images. */
  public WinnerTakeAllCoclustering setImageCol(String value) {
    set(imageCol(), value);
    return this;
  }

  /** Sets the output column of the pooled maps. */
  public WinnerTakeAllCoclustering setFeaturesCol(String value) {
    set(featuresCol(), value);
    return this;
  }

  /** Sets the number of clusters that there are in the end, at least 2; 0: what joining leaves. */
  public WinnerTakeAllCoclustering setK(int value) {
    set(k(), value);
    return this;
  }

  /** Sets the seed. */
  public WinnerTakeAllCoclustering setSeed(long value) {
    set(seed(), value);
    return this;
  }

  /** Sets the configuration, HOCON over the reference: {@code wta.co-clusters = 40}. */
  public WinnerTakeAllCoclustering setSettings(String value) {
    set(settings(), value);
    return this;
  }

  /** Sets where finished stages are kept; by default nowhere. */
  public WinnerTakeAllCoclustering setStageStore(StageStore value) {
    stages = value;
    return this;
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
    Dataset<Row> images = dataset.select(col(getIdCol()).as("id"), col(getImageCol()).as("image"));
    MapShape shape = ImageRows.shape(images, "train an autoencoder");
    WinnerTakeAllChecks.check(config, shape);
    WinnerTakeAllOptions options = WinnerTakeAllOptions.of(config);
    WinnerTakeAllGraph graph = new WinnerTakeAllGraph(options, shape);
    PooledMaps pooling = FeatureOptions.of(config).pooling(graph.code());
    WinnerTakeAllFit fit = new WinnerTakeAllFit(config, getFeaturesCol(), stages);
    TrainedNetwork trained =
        new WinnerTakeAllTraining(
                dataset.sparkSession(), graph, TrainingOptions.of(config), options, stages)
            .run(images.select(col("id"), col("image.pixels").as("pixels")));
    curve = trained.curve();
    Dataset<Row> features =
        stages
            .once(
                FEATURES_STAGE,
                "",
                () ->
                    PooledRows.of(images, "image", trained.state(), pooling, getFeaturesCol())
                        .drop("image"))
            .persist();
    try {
      WinnerTakeAllModel model =
          new WinnerTakeAllModel(uid, trained.state(), pooling, fit.clusters(features));
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

  @Override
  public StructType transformSchema(StructType schema) {
    return clusteredSchema(schema);
  }

  @Override
  public WinnerTakeAllCoclustering copy(ParamMap extra) {
    WinnerTakeAllCoclustering copy = new WinnerTakeAllCoclustering(uid);
    copyValues(copy, extra);
    return copy.setStageStore(stages);
  }
}
