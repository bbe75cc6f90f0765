package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.winnertakeall.WinnerTakeAllChecks;
import org.imageclustering.spark.winnertakeall.WinnerTakeAllCoclustering;
import org.imageclustering.spark.winnertakeall.WinnerTakeAllModel;
import org.imageclustering.spark.winnertakeall.WinnerTakeAllTables;

/** {@code cluster wta}: a winner-take-all autoencoder, co-clustering and its refinement. */
final class WinnerTakeAllMethod implements ImageMethod {
  /** Multiplications and additions a second of one core, measured on 64 maps of 28 x 28. */
  private static final double RATE = 2e10;

  private static final String NAME = "wta";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "winner-take-all autoencoder, images and visual elements co-clustered, refined by SVMs";
  }

  @Override
  public List<String> sections() {
    return List.of(NAME, "training", "cocluster", "svm", "spectral", "k-means");
  }

  @Override
  public List<String> lastSteps() {
    return List.of("own", LastStep.SPECTRAL, LastStep.K_MEANS);
  }

  @Override
  public boolean findsClusters(String lastStep) {
    return !lastStep.equals(LastStep.K_MEANS);
  }

  @Override
  public void check(DatasetShape shape, Config config) {
    requireImages(shape);
    WinnerTakeAllChecks.check(config, shape.image());
  }

  @Override
  public void checkRows(long rows, Config config) {
    WinnerTakeAllChecks.checkImages(config, rows);
  }

  @Override
  public Estimate estimate(MethodInput input, Config config) {
    double work = WinnerTakeAllChecks.check(config, input.shape().image());
    double passes = 1 + WinnerTakeAllChecks.epochs(config, input.count());
    double seconds = passes * input.count() * work / RATE;
    long features = WinnerTakeAllChecks.featureBytes(config, input.shape().image());
    long bytes = input.count() * (input.shape().dimension() + features) + (512L << 20);
    return new Estimate(
        bytes, (long) Math.ceil(seconds / Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public MethodResult run(MethodInput input, Config config, StageStore stages) {
    Dataset<Row> images = input.images();
    WinnerTakeAllCoclustering estimator =
        ImageMethod.configured(new WinnerTakeAllCoclustering(), config, stages);
    WinnerTakeAllModel model = estimator.fit(images);
    // The stage of the fit: read back where a store keeps it.
    Dataset<Row> features =
        stages.once(
            WinnerTakeAllCoclustering.FEATURES_STAGE,
            "",
            () -> model.features(images).drop("image"));
    Dataset<Row> clustered = model.lastStep().transform(features);
    MethodResult result =
        MethodResult.of(clustered.select("id", "prediction", "confidence"), features, model)
            .withTable(
                "learning",
                estimator
                    .learningCurve()
                    .table(images.sparkSession())
                    .select("epoch", "loss", "seconds"))
            .withTable("kernels", WinnerTakeAllTables.kernels(model, images.sparkSession()));
    Dataset<Row> coclusters = model.coclusters(features);
    if (coclusters == null) {
      return LastStepResult.add(result, model.lastStep(), clustered);
    }
    return result
        .withClusters(model.clusterCount())
        .withCandidates(LastStepResult.candidate(coclusters, "co-clusters"));
  }
}
