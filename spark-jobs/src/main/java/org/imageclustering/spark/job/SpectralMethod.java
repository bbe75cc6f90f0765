package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.spectral.SpectralEmbedding;
import org.imageclustering.spark.spectral.SpectralEmbeddingModel;

/** {@code cluster spectral}: the spectral last step on the representation itself. */
final class SpectralMethod implements Method {
  /** Multiplications and additions a second of one core in the search for neighbours. */
  private static final double SEARCH_RATE = 1e10;

  /** Seconds of eigenvectors and candidates for one landmark on one core. */
  private static final double SECONDS_OF_A_LANDMARK = 1e-3;

  @Override
  public String name() {
    return "spectral";
  }

  @Override
  public String summary() {
    return "nearest-neighbour graph, its eigenvectors, and the best of many partitions";
  }

  @Override
  public List<String> sections() {
    return List.of("spectral");
  }

  @Override
  public List<String> representations() {
    return Representation.VECTORS;
  }

  @Override
  public List<String> lastSteps() {
    return List.of("spectral");
  }

  @Override
  public void check(MethodInput input, Config config) {
    SpectralEmbeddingOptions options = SpectralEmbeddingOptions.of(config);
    Representation.check(input, config);
    if (input.count() < options.clusters()) {
      throw new UserException(
          "Cannot use clusters: found %d, expected at most the number of rows, %d"
              .formatted(options.clusters(), input.count()));
    }
  }

  @Override
  public Estimate estimate(MethodInput input, Config config) {
    double fitted = Math.min(input.count(), SpectralEmbeddingOptions.of(config).landmarks());
    double products = (fitted + input.count()) * Math.min(fitted, 8192) * input.dimension();
    double seconds = products / SEARCH_RATE + fitted * SECONDS_OF_A_LANDMARK;
    int cores = Runtime.getRuntime().availableProcessors();
    long bytes = (long) (fitted * (2.0 * Float.BYTES * input.dimension() + 2000));
    return new Estimate(bytes, (long) Math.ceil(seconds / cores));
  }

  @Override
  public MethodResult run(MethodInput input, Config config, StageStore stages) {
    Representation represented = Representation.of(input, config, stages);
    Dataset<Row> features = represented.features();
    SpectralEmbeddingModel model =
        new SpectralEmbedding()
            .setOptions(SpectralEmbeddingOptions.of(config))
            .setStageStore(stages)
            .fit(features);
    Dataset<Row> assigned = model.transform(features);
    return LastStepResult.add(
        MethodResult.of(
            assigned.select("id", "prediction", "confidence"), features, represented.model(model)),
        model,
        assigned);
  }

  @Override
  public Dataset<Row> transform(MethodInput input, Transformer model) {
    return Representation.assigned(input, model)
        .select("id", "features", "embedding", "prediction", "confidence");
  }
}
