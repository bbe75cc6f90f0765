package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spark.adaptive.AdaptiveChecks;
import org.imageclustering.spark.adaptive.AdaptiveClustering;
import org.imageclustering.spark.adaptive.AdaptiveClusteringModel;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.session.StageStore;

/** {@code cluster dac}: an autoencoder whose head learns which pairs of images belong together. */
final class AdaptiveMethod implements ImageMethod {
  private static final String NAME = "dac";

  /** Multiplications and additions a second of one core, measured on the small network. */
  private static final double RATE = 4e9;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "autoencoder with deep adaptive clustering: a network that learns by pairs of images";
  }

  @Override
  public List<String> sections() {
    return List.of(NAME, "training", "spectral", "k-means", "hog", "pca");
  }

  @Override
  public List<String> lastSteps() {
    return List.of("own", LastStep.SPECTRAL, LastStep.K_MEANS);
  }

  @Override
  public void check(DatasetShape shape, Config config) {
    requireImages(shape);
    if (ClusterJob.clusters(config) == SpectralEmbeddingOptions.AUTO) {
      throw new UserException(
          "Cannot use --clusters auto for dac: expected a number, as its network has so many outputs; 'cluster spectral' on its features finds one");
    }
    AdaptiveChecks.require(config, shape.image());
  }

  @Override
  public Estimate estimate(MethodInput input, Config config) {
    double work = AdaptiveChecks.require(config, input.shape().image());
    double seconds = AdaptiveChecks.steps(config, input.count()) * work / RATE;
    long bytes = input.count() * (input.shape().dimension() + Long.BYTES) + (512L << 20);
    return new Estimate(
        bytes, (long) Math.ceil(seconds / Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public MethodResult run(MethodInput input, Config config, StageStore stages) {
    Dataset<Row> images = input.images();
    AdaptiveClustering estimator = ImageMethod.configured(new AdaptiveClustering(), config, stages);
    AdaptiveClusteringModel model = estimator.fit(images);
    Dataset<Row> own =
        AdaptiveClustering.outputs(images, model.network(), model.getFeaturesCol(), stages);
    Dataset<Row> features = own.select("id", model.getFeaturesCol());
    Dataset<Row> clustered = model.lastStep() == null ? own : model.lastStep().transform(features);
    MethodResult result =
        MethodResult.of(clustered.select("id", "prediction", "confidence"), features, model)
            .withTable("learning", estimator.learningCurve().table(images.sparkSession()))
            .withHistory(estimator.history());
    return LastStepResult.addBeside(result, own, model.lastStep(), clustered);
  }
}
