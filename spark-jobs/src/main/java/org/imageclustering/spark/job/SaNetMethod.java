package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.patch.PatchGeometry;
import org.imageclustering.sanet.SaNetConfig;
import org.imageclustering.sanet.SaNetOptions;
import org.imageclustering.sanet.SpectralOptions;
import org.imageclustering.sanet.SpectralOptions.Role;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.sanet.SaNet;
import org.imageclustering.spark.sanet.SaNetModel;
import org.imageclustering.spark.sanet.SaNetTables;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.spectral.SpectralEmbeddingModel;

/** {@code cluster sa-net}: the network of spectral analyses on images. */
final class SaNetMethod implements ImageMethod {
  /** Seconds of one core for a million windows of 121 pixels of the sample, measured. */
  private static final double SECONDS_A_MILLION_FITTED = 650;

  /** Seconds of one core for a million windows that are looked up, measured. */
  private static final double SECONDS_A_MILLION_APPLIED = 70;

  /** Numbers that the driver holds for a window of the sample, besides the window and its maps. */
  private static final int FLOATS_A_WINDOW = 300;

  @Override
  public String name() {
    return "sa-net";
  }

  @Override
  public String summary() {
    return "SA-Net, a deep network of spectral analyses of image patches";
  }

  @Override
  public List<String> sections() {
    return List.of("sa-net", "spectral", "k-means");
  }

  @Override
  public List<String> lastSteps() {
    return List.of(LastStep.SPECTRAL, LastStep.K_MEANS);
  }

  @Override
  public void check(DatasetShape shape, Config config) {
    requireImages(shape);
    SaNetConfig.read(config.getConfig("sa-net")).requireFits(shape.image());
  }

  @Override
  public Estimate estimate(MethodInput input, Config config) {
    SaNetOptions options = SaNetConfig.read(config.getConfig("sa-net"));
    SpectralOptions first = (SpectralOptions) options.layers().get(0);
    PatchGeometry geometry = first.geometry(input.shape().image(), Role.FIRST);
    long sample =
        options.isFullFit()
            ? input.count()
            : Math.min(input.count(), options.sampled(input.shape().image(), input.count()));
    double fitted = (double) sample * geometry.positions();
    double applied = (double) input.count() * geometry.positions();
    int maps = first.eigenvectors() * first.procedures().size();
    long bytes = (long) (fitted * Float.BYTES * (geometry.length() + maps + FLOATS_A_WINDOW));
    double seconds =
        (fitted * SECONDS_A_MILLION_FITTED + applied * SECONDS_A_MILLION_APPLIED) / 1e6;
    return new Estimate(
        bytes, (long) Math.ceil(seconds / Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public MethodResult run(MethodInput input, Config config, StageStore stages) {
    Dataset<Row> images = input.images();
    SaNetModel model = ImageMethod.configured(new SaNet(), config, stages).fit(images);
    Dataset<Row> features = SaNet.features(images, model.network(), model.getFeaturesCol(), stages);
    Dataset<Row> clustered = model.lastStep().transform(features);
    MethodResult result =
        LastStepResult.add(
                MethodResult.of(
                    clustered.select("id", "prediction", "confidence"), features, model),
                model.lastStep(),
                clustered)
            .withTable("patterns", SaNetTables.patterns(model, images.sparkSession()));
    return result.withTable("eigenvalues", eigenvalues(model, images.sparkSession()));
  }

  private static Dataset<Row> eigenvalues(SaNetModel model, SparkSession spark) {
    Dataset<Row> layers = SaNetTables.eigenvalues(model, spark);
    return model.lastStep() instanceof SpectralEmbeddingModel lastStep
        ? layers.unionByName(LastStepResult.eigenvalues(lastStep, spark), true)
        : layers;
  }
}
