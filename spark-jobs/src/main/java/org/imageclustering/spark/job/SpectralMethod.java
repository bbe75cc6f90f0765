package org.imageclustering.spark.job;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.data.ParquetTable;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.spectral.GivenGraph;
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
    return Stream.concat(Representation.VECTORS.stream(), Stream.of(Representation.EDGES)).toList();
  }

  @Override
  public List<String> lastSteps() {
    return List.of("spectral");
  }

  @Override
  public void check(DatasetShape shape, Config config) {
    SpectralEmbeddingOptions.of(config);
    Representation.check(shape, config);
  }

  @Override
  public Estimate estimate(MethodInput input, Config config) {
    double fitted = Math.min(input.count(), SpectralEmbeddingOptions.of(config).landmarks());
    double products = (fitted + input.count()) * Math.min(fitted, 8192) * input.shape().dimension();
    double seconds = products / SEARCH_RATE + fitted * SECONDS_OF_A_LANDMARK;
    int cores = Runtime.getRuntime().availableProcessors();
    long bytes = (long) (fitted * (2.0 * Float.BYTES * input.shape().dimension() + 2000));
    return new Estimate(bytes, (long) Math.ceil(seconds / cores));
  }

  @Override
  public MethodResult run(MethodInput input, Config config, StageStore stages) {
    if (config.getString("features").equals(Representation.EDGES)) {
      return runOnEdges(input, config, stages);
    }
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

  /** The graph is given: what other methods call features is the embedding here. */
  private static MethodResult runOnEdges(MethodInput input, Config config, StageStore stages) {
    SparkSession spark = input.rows().sparkSession();
    String uri = config.getString("spectral.edges");
    GivenGraph graph =
        stages.step("edges", () -> GivenGraph.of(input.rows(), ParquetTable.open(spark, uri), uri));
    SpectralEmbeddingModel model =
        new SpectralEmbedding()
            .setOptions(SpectralEmbeddingOptions.of(config))
            .setStageStore(stages)
            .fit(spark, graph);
    Dataset<Row> assigned = model.fitted(spark);
    return LastStepResult.add(
        MethodResult.of(
            assigned.select("id", "prediction", "confidence"),
            assigned.select(col("id"), col("embedding").as("features")),
            model),
        model,
        assigned);
  }

  @Override
  public Dataset<Row> transform(MethodInput input, Transformer model) {
    if (model instanceof SpectralEmbeddingModel) {
      throw new UserException(
          "Cannot assign by a run on edges: found other nodes without edges, expected a run on images or vectors");
    }
    return Representation.assigned(input, model)
        .select("id", "features", "embedding", "prediction", "confidence");
  }
}
