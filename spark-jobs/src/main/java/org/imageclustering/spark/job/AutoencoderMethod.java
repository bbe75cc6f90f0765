package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spark.autoencoder.AutoencoderChecks;
import org.imageclustering.spark.autoencoder.AutoencoderClustering;
import org.imageclustering.spark.autoencoder.AutoencoderClusteringModel;
import org.imageclustering.spark.autoencoder.AutoencoderEstimator;
import org.imageclustering.spark.autoencoder.AutoencoderTables;
import org.imageclustering.spark.autoencoder.ConvolutionalAutoencoderClustering;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.training.TrainingOptions;

/** {@code cluster aec} and {@code cluster dcae}: autoencoders whose codes make clusters. */
final class AutoencoderMethod implements ImageMethod {
  /** Multiplications and additions a second of one core, measured on dense layers. */
  private static final double RATE = 1.3e10;

  private final Kind kind;

  AutoencoderMethod(Kind kind) {
    this.kind = kind;
  }

  /** The networks that there are. */
  enum Kind {
    /** AEC. */
    DENSE("aec", "autoencoder of dense layers, its codes drawn to their clusters' centres"),
    /** DCAE. */
    CONVOLUTIONAL("dcae", "convolutional autoencoder, its codes drawn to their clusters' centres");

    private final String section;
    private final String summary;

    Kind(String section, String summary) {
      this.section = section;
      this.summary = summary;
    }
  }

  @Override
  public String name() {
    return kind.section;
  }

  @Override
  public String summary() {
    return kind.summary;
  }

  @Override
  public List<String> sections() {
    return List.of(kind.section, "training", "spectral", "k-means");
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
          "Cannot use --clusters auto for %s: expected a number, as its network learns with the centres; 'cluster spectral' on its features finds one"
              .formatted(name()));
    }
    work(shape, config);
  }

  private double work(DatasetShape shape, Config config) {
    return kind == Kind.DENSE
        ? AutoencoderChecks.dense(config, shape.image())
        : AutoencoderChecks.convolutional(config, shape.image());
  }

  @Override
  public Estimate estimate(MethodInput input, Config config) {
    Config own = config.getConfig(kind.section);
    double epochs = own.getInt("warm-up-epochs") + own.getInt("epochs");
    double steps = epochs * TrainingOptions.of(config).passes(input.count()) * input.count();
    double seconds = steps * work(input.shape(), config) / RATE;
    long bytes = input.count() * (input.shape().dimension() + Long.BYTES) + (512L << 20);
    return new Estimate(
        bytes, (long) Math.ceil(seconds / Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public MethodResult run(MethodInput input, Config config, StageStore stages) {
    return kind == Kind.DENSE
        ? fitted(input, new AutoencoderClustering(), config, stages)
        : fitted(input, new ConvolutionalAutoencoderClustering(), config, stages);
  }

  private static <E extends AutoencoderEstimator<E>> MethodResult fitted(
      MethodInput input, E estimator, Config config, StageStore stages) {
    Dataset<Row> images = input.images();
    AutoencoderClusteringModel model =
        ImageMethod.configured(estimator, config, stages).fit(images);
    return result(input, images, model, estimator, stages);
  }

  private static MethodResult result(
      MethodInput input,
      Dataset<Row> images,
      AutoencoderClusteringModel model,
      AutoencoderEstimator<?> estimator,
      StageStore stages) {
    Dataset<Row> features =
        AutoencoderEstimator.features(images, model.network(), model.getFeaturesCol(), stages);
    Dataset<Row> own = model.own(features);
    Dataset<Row> clustered = model.lastStep() == null ? own : model.lastStep().transform(features);
    MethodResult result =
        MethodResult.of(clustered.select("id", "prediction", "confidence"), features, model)
            .withTable("learning", estimator.learningCurve().table(images.sparkSession()))
            .withHistory(estimator.history())
            .withTable(
                "centres",
                AutoencoderTables.centres(model, input.shape().image(), images.sparkSession()))
            .withTable(
                "reconstructions",
                AutoencoderTables.reconstructions(model, input.shape().image(), images));
    return LastStepResult.addBeside(result, own, model.lastStep(), clustered);
  }
}
