package org.imageclustering.spark.sanet;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.patch.MapShape;
import org.imageclustering.sanet.Network;
import org.imageclustering.sanet.SaNetConfig;
import org.imageclustering.sanet.SaNetOptions;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.ImageEstimator;

/**
 * SA-Net, a deep spectral analysis network for image clustering (Wang and Jiang).
 *
 * <p>Takes images (id long; image struct of height, width, channels int and pixels binary), all of
 * one shape. The layers are fitted on a sample of them ({@code sa-net.fit-sample}); every image
 * then goes through the layers on the executors, and the last step ({@code final}: a spectral
 * embedding of the images, or k-means) makes the clusters.
 *
 * <p>On the driver: the sample's pixels and maps, its different windows with their neighbours and
 * eigenvectors, and what the last step says of itself; nothing else grows with the data.
 */
public final class SaNet extends ImageEstimator<SaNet, SaNetModel> {
  private static final long serialVersionUID = 1L;

  /** What the output column holds. */
  static final String FEATURES = "the last maps";

  /** An estimator with a fresh identifier. */
  public SaNet() {
    this(Identifiable$.MODULE$.randomUID("sanet"));
  }

  /** An estimator with this identifier. */
  public SaNet(String uid) {
    super(uid, FEATURES, AUTO);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<SaNet> read() {
    return new DefaultParamsReader<>();
  }

  /** Returns a saved estimator. */
  public static SaNet load(String path) {
    return read().load(path);
  }

  @Override
  protected SaNet self() {
    return this;
  }

  @Override
  protected SaNet fresh(String identifier) {
    return new SaNet(identifier);
  }

  /**
   * Returns the model that clusters these and other images.
   *
   * @throws org.imageclustering.UserException if an option, or the images' shapes, do not fit
   */
  @Override
  public SaNetModel fit(Dataset<?> dataset) {
    Config config = configuration(LastStep.SPECTRAL);
    SaNetOptions options = SaNetConfig.read(config.getConfig("sa-net"));
    Dataset<Row> images = images(dataset);
    MapShape shape = ImageSample.shape(images);
    options.requireFits(shape);

    SaNetFit fit = new SaNetFit(images, shape, options, getSeed(), stages());
    Network network = fit.network(shape);
    Dataset<Row> features = features(images, network, getFeaturesCol(), stages()).persist();
    try {
      Optional<Dataset<Row>> own =
          options.isFullFit() ? fit.trainingFeatures(network, getFeaturesCol()) : Optional.empty();
      Transformer lastStep = LastStep.fit(config, own.orElse(features), getFeaturesCol(), stages());
      SaNetModel model = new SaNetModel(uid(), options, network, lastStep);
      copyValues(model, ParamMap.empty());
      if (options.isFullFit()) {
        model.keepTraining(lastStep.transform(own.orElse(features)));
        stages().step("full-fit", () -> measureAgreement(model, lastStep.transform(features)));
      }
      return model;
    } finally {
      features.unpersist();
    }
  }

  /** Measures the share of images that the model puts where the fit itself has put them. */
  private double measureAgreement(SaNetModel model, Dataset<Row> transformed) {
    Row agreement =
        model
            .trainingAssignments()
            .join(transformed.select(col("id"), col("prediction").as("transformed")), "id")
            .agg(avg(col("prediction").equalTo(col("transformed")).cast("double")))
            .first();
    stages().measure("full-fit", "agreement of transform with the fit", agreement.getDouble(0));
    return agreement.getDouble(0);
  }

  /**
   * Returns id and the last maps of images: the stage {@code features} of a fit, which a store that
   * keeps stages does not compute again.
   *
   * @param images id, image
   */
  public static Dataset<Row> features(
      Dataset<Row> images, Network network, String featuresCol, StageStore stages) {
    return stages.once(
        "features",
        "",
        () -> NetworkTransform.columns(images, "image", network, featuresCol).drop("image"));
  }
}
