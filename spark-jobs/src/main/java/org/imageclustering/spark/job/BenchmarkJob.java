package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.coclustering.CoclusteringOptions;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.KnnGraph;
import org.imageclustering.graph.Symmetrisation;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.neighbours.CellIndex;
import org.imageclustering.neighbours.CellOptions;
import org.imageclustering.neighbours.LocalNeighbours;
import org.imageclustering.spark.adaptive.AdaptiveBenchmark;
import org.imageclustering.spark.benchmark.BenchmarkPatches;
import org.imageclustering.spark.benchmark.CoclusterBenchmark;
import org.imageclustering.spark.benchmark.EigenBenchmark;
import org.imageclustering.spark.benchmark.NeighbourBenchmark;
import org.imageclustering.spark.benchmark.TrainingBenchmark;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.imageclustering.spark.session.Storage;
import org.imageclustering.spark.settings.Settings;

/** {@code benchmark NAME}: the figures of {@code docs/benchmarks.md}, on anybody's machine. */
public final class BenchmarkJob {
  /** The benchmark that has a method of its own. */
  public static final String COCLUSTER = "cocluster";

  /** What can be measured. */
  public static final List<String> NAMES =
      List.of("neighbours", "eigenvectors", "train", COCLUSTER);

  private static final long SEED = 1;

  /** Outputs of a network that clusters. */
  private static final int CLUSTERS = 10;

  /** Pixels of an image's side that the convolutions of the networks need. */
  private static final int LEAST_SIDE = 17;

  private final SparkSession spark;
  private final InputOptions input;

  /**
   * A benchmark on images or their patches.
   *
   * @param input grey images; but for training all of their pixels reach the driver
   */
  public BenchmarkJob(SparkSession spark, InputOptions input) {
    this.spark = spark;
    this.input = input;
  }

  /**
   * Prints one line a measurement.
   *
   * @param neighbours k of the search, and of the graph whose eigenvectors are taken; at least 1
   * @param vectors number of eigenvectors, at least 1
   * @param threads at least 1
   * @throws UserException if there is no such benchmark or the input is not grey images
   */
  public void run(String name, int neighbours, int vectors, int threads, PrintStream out) {
    if (!NAMES.contains(name)) {
      throw new UserException(
          "Cannot run benchmark '%s': expected one of %s"
              .formatted(name, String.join(", ", NAMES)));
    }
    requireAtLeastOne("--neighbours", neighbours);
    requireAtLeastOne("--eigenvectors", vectors);
    requireAtLeastOne("--threads", threads);
    if (name.equals("train")) {
      Inputs.look(spark, input, dataset -> train(dataset, out));
      return;
    }
    FloatMatrix patches = Inputs.look(spark, input, BenchmarkJob::patches);
    if (name.equals("neighbours")) {
      NeighbourBenchmark.run(patches, neighbours, threads, out);
      return;
    }
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      pool.submit(() -> EigenBenchmark.run(graph(patches, neighbours), vectors, out)).join();
    } finally {
      pool.shutdown();
    }
  }

  /**
   * Measures the co-clustering of images and pixels; prints one line a round.
   *
   * @param clusters at least 2
   * @param partition where each image's cluster is written, one a line, by id; null: nowhere
   * @throws UserException if the input is not images of one channel
   */
  public void cocluster(int clusters, String partition, PrintStream out) {
    CoclusteringOptions.defaults(clusters, SEED);
    List<Row> assigned =
        Inputs.look(
            spark,
            input,
            dataset -> {
              MethodInput images = greyImages(dataset);
              Dataset<Row> vectors = vectors(images).persist();
              try {
                return CoclusterBenchmark.run(vectors, clusters, out);
              } finally {
                vectors.unpersist();
              }
            });
    if (partition != null) {
      String lines =
          assigned.stream()
              .map(row -> row.getInt(1) + "\n")
              .collect(java.util.stream.Collectors.joining());
      Path path = new Path(partition);
      Storage.of(path, spark.sessionState().newHadoopConf())
          .replace(path, lines.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Dataset<Row> vectors(MethodInput images) {
    Config config = Settings.with(Settings.reference(), "features", Representation.PIXELS);
    return Representation.of(images, config, new InMemoryStageStore()).features();
  }

  private Void train(ImageDataset dataset, PrintStream out) {
    DatasetShape shape = greyImages(dataset).shape();
    if (shape.height() != shape.width() || shape.height() < LEAST_SIDE) {
      throw new UserException(
          "Cannot measure on '%s': found %s, expected square images of at least %d x %d"
              .formatted(dataset.source(), shape, LEAST_SIDE, LEAST_SIDE));
    }
    TrainingBenchmark.run(
        new JavaSparkContext(spark.sparkContext()),
        dataset.images().select("id", "pixels"),
        shape.image(),
        out);
    AdaptiveBenchmark.run(
        new JavaSparkContext(spark.sparkContext()),
        dataset.images().select("id", "pixels"),
        shape.image(),
        Settings.with(Settings.over(""), "clusters", CLUSTERS),
        out);
    return null;
  }

  private static CsrGraph graph(FloatMatrix patches, int neighbours) {
    CellIndex index = CellIndex.build(patches, CellOptions.auto(SEED));
    return KnnGraph.of(
        LocalNeighbours.search(index, neighbours), EdgeWeights.BINARY, Symmetrisation.MEAN);
  }

  private static MethodInput greyImages(ImageDataset dataset) {
    MethodInput images = Inputs.of(dataset);
    if (!images.shape().isOfImages() || images.shape().channels() != 1) {
      throw new UserException(
          "Cannot measure on '%s': found %s, expected grey images; see --channels 1 (of 'prepare' for a data set)"
              .formatted(dataset.source(), images.shape()));
    }
    return images;
  }

  private static FloatMatrix patches(ImageDataset dataset) {
    DatasetShape shape = greyImages(dataset).shape();
    List<Row> rows = dataset.images().sort("id").select("pixels").collectAsList();
    FloatMatrix pixels = FloatMatrix.zeros(rows.size(), shape.dimension());
    for (int image = 0; image < rows.size(); image++) {
      byte[] bytes = rows.get(image).getAs(0);
      for (int i = 0; i < bytes.length; i++) {
        pixels.values()[pixels.offset(image) + i] = Byte.toUnsignedInt(bytes[i]) / 255f;
      }
    }
    return BenchmarkPatches.of(pixels, shape.height(), shape.width());
  }

  private static void requireAtLeastOne(String option, int found) {
    if (found < 1) {
      throw new UserException("Cannot use %s %d: expected at least 1".formatted(option, found));
    }
  }
}
