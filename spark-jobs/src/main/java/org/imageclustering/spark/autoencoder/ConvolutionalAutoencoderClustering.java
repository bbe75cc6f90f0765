package org.imageclustering.spark.autoencoder;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.descriptor.ImageRows;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.Settings;
import org.imageclustering.spark.training.LearningCurve;
import org.imageclustering.spark.training.NetworkState;
import org.imageclustering.spark.training.TrainedAutoencoder;

/**
 * A deep convolutional autoencoder with embedded clustering (DCAE; Alqahtani, Xie, Deng and Jones
 * 2018): convolutions to the code and deconvolutions back, the codes drawn to the centres of their
 * clusters while it learns.
 *
 * <p>Takes images (id long; image struct of height, width, channels int and pixels binary), all of
 * one shape. They stay on the executors; the driver holds the network and what the last step says
 * of itself.
 */
public final class ConvolutionalAutoencoderClustering extends Estimator<AutoencoderClusteringModel>
    implements AutoencoderColumns, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> idCol;
  private final Param<String> imageCol;
  private final Param<String> featuresCol;
  private final IntParam k;
  private final LongParam seed;
  private final Param<String> settings;
  private transient StageStore stages = new InMemoryStageStore();
  private transient LearningCurve curve;

  /** An estimator with a fresh identifier. */
  public ConvolutionalAutoencoderClustering() {
    this(Identifiable$.MODULE$.randomUID("dcae"));
  }

  /** An estimator with this identifier. */
  public ConvolutionalAutoencoderClustering(String uid) {
    this.uid = uid;
    this.idCol = new Param<>(uid, "idCol", "column of ids, long and unique");
    this.imageCol = new Param<>(uid, "imageCol", "column of images, struct");
    this.featuresCol = new Param<>(uid, "featuresCol", "output column of the codes");
    this.k = new IntParam(uid, "k", "number of clusters (>= 2)", ParamValidators.gtEq(2));
    this.seed = new LongParam(uid, "seed", "of every random draw");
    this.settings = new Param<>(uid, "settings", "HOCON over the reference configuration");
    setDefault(idCol, "id");
    setDefault(imageCol, "image");
    setDefault(featuresCol, "features");
    setDefault(seed, 1L);
    setDefault(settings, "");
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<ConvolutionalAutoencoderClustering> read() {
    return new DefaultParamsReader<>();
  }

  /** Returns a saved estimator. */
  public static ConvolutionalAutoencoderClustering load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Param<String> idCol() {
    return idCol;
  }

  @Override
  public Param<String> imageCol() {
    return imageCol;
  }

  @Override
  public Param<String> featuresCol() {
    return featuresCol;
  }

  @Override
  public IntParam k() {
    return k;
  }

  @Override
  public LongParam seed() {
    return seed;
  }

  @Override
  public Param<String> settings() {
    return settings;
  }

  /** Sets the column of ids. */
  public ConvolutionalAutoencoderClustering setIdCol(String value) {
    set(idCol, value);
    return this;
  }

  /** Sets the column of images. */
  public ConvolutionalAutoencoderClustering setImageCol(String value) {
    set(imageCol, value);
    return this;
  }

  /** Sets the output column of the codes. */
  public ConvolutionalAutoencoderClustering setFeaturesCol(String value) {
    set(featuresCol, value);
    return this;
  }

  /** Sets the number of clusters, at least 2. */
  public ConvolutionalAutoencoderClustering setK(int value) {
    set(k, value);
    return this;
  }

  /** Sets the seed. */
  public ConvolutionalAutoencoderClustering setSeed(long value) {
    set(seed, value);
    return this;
  }

  /** Sets the configuration, HOCON over the reference: {@code dcae.code = 10}. */
  public ConvolutionalAutoencoderClustering setSettings(String value) {
    set(settings, value);
    return this;
  }

  /** Sets where finished stages are kept; by default nowhere. */
  public ConvolutionalAutoencoderClustering setStageStore(StageStore value) {
    stages = value;
    return this;
  }

  /**
   * Returns the model that clusters these and other images.
   *
   * @throws org.imageclustering.UserException if an option or the images' shapes do not fit, or the
   *     training collapses
   */
  @Override
  public AutoencoderClusteringModel fit(Dataset<?> dataset) {
    Config config = config();
    Dataset<Row> images = dataset.select(col(getIdCol()).as("id"), col(getImageCol()).as("image"));
    AutoencoderFit fit = new AutoencoderFit(config, ConvolutionalNetwork.SECTION, stages);
    TrainedAutoencoder trained =
        fit.train(
            images,
            ConvolutionalNetwork.of(config, ImageRows.shape(images, "train an autoencoder")));
    curve = trained.curve();
    Dataset<Row> features = features(images, trained.state(), getFeaturesCol(), stages).persist();
    try {
      Transformer lastStep = fit.lastStep(features, getFeaturesCol());
      AutoencoderClusteringModel model =
          new AutoencoderClusteringModel(uid, trained.state(), trained.centres(), lastStep);
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

  private Config config() {
    Config given = Settings.over(getSettings());
    Config config = Settings.with(Settings.with(given, "clusters", getK()), "seed", getSeed());
    return config.getString("final").equals("auto")
        ? Settings.with(config, "final", AutoencoderFit.OWN)
        : config;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return schema
        .add(getFeaturesCol(), SQLDataTypes.VectorType(), false)
        .add("prediction", DataTypes.IntegerType, false)
        .add("confidence", DataTypes.DoubleType, false);
  }

  @Override
  public ConvolutionalAutoencoderClustering copy(ParamMap extra) {
    ConvolutionalAutoencoderClustering copy = new ConvolutionalAutoencoderClustering(uid);
    copyValues(copy, extra);
    copy.stages = stages;
    return copy;
  }
}
