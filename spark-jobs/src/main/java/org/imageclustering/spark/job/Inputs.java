package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageSize;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.data.Preparation;
import org.imageclustering.spark.session.Storage;

/** The input of a command, raw or prepared. */
final class Inputs {
  /** What images of differing sizes are letterboxed to where the user names no size. */
  private static final ImageSize MIXED_SIZE = new ImageSize(32, 32);

  private Inputs() {}

  /**
   * Returns the data set that the input is, or nothing where it is raw.
   *
   * @throws UserException if options come with a data set that say how a raw input is read
   */
  static Optional<ImageDataset> dataset(SparkSession spark, InputOptions options) {
    if (!ImageDataset.isDataset(spark, options.input())) {
      return Optional.empty();
    }
    List<String> given = options.given();
    if (!given.isEmpty()) {
      throw new UserException(
          "Cannot use %s for %s: found a prepared data set, expected a raw input; give them to 'prepare' (labels also to 'evaluate --labels', after the run)"
              .formatted(String.join(", ", given), options.input()));
    }
    return Optional.of(ImageDataset.open(spark, options.input()));
  }

  /** Returns what the input is, for the run's identity, without preparing it. */
  static String fingerprint(SparkSession spark, InputOptions options) {
    return dataset(spark, options)
        .map(ImageDataset::fingerprint)
        .orElseGet(() -> preparation(spark, options).fingerprint());
  }

  /** Opens a data set, or prepares a raw input to {@code RUN/dataset}. */
  static ImageDataset open(SparkSession spark, InputOptions options, RunDirectory run) {
    return dataset(spark, options).orElseGet(() -> prepared(spark, options, run));
  }

  /** What a killed process left there without {@code dataset.json} is the run's, and goes. */
  private static ImageDataset prepared(SparkSession spark, InputOptions options, RunDirectory run) {
    Path directory = run.path("dataset");
    if (!ImageDataset.isDataset(spark, directory.toString())) {
      run.storage().delete(directory);
    }
    return preparation(spark, options).to(directory.toString()).dataset();
  }

  /** Prepares a raw input to a directory. */
  static void prepare(SparkSession spark, InputOptions options, String directory) {
    preparation(spark, options).to(directory);
  }

  private static Preparation preparation(SparkSession spark, InputOptions options) {
    return new Preparation(spark, options).fittingMixedSizesTo(MIXED_SIZE).requiringWholeVectors();
  }

  /**
   * Returns what a function finds in an input of which nothing stays. A raw input is prepared to a
   * temporary directory, which is the only way to know what can be read of it.
   */
  static <T> T look(SparkSession spark, InputOptions options, Function<ImageDataset, T> look) {
    Optional<ImageDataset> dataset = dataset(spark, options);
    if (dataset.isPresent()) {
      return look.apply(dataset.get());
    }
    Path temporary = temporary(spark);
    Storage storage = Storage.of(temporary, spark.sessionState().newHadoopConf());
    storage.deleteAtExit(temporary);
    try {
      return look.apply(preparation(spark, options).to(temporary.toString()).dataset());
    } finally {
      storage.delete(temporary);
    }
  }

  /**
   * Returns what the rows of a raw input will be like, from the first ones; nothing where they do
   * not tell, and for a data set, which tells when it is opened.
   */
  static Optional<DatasetShape> foreseen(SparkSession spark, InputOptions options) {
    return dataset(spark, options).isPresent()
        ? Optional.empty()
        : preparation(spark, options).foreseen();
  }

  static MethodInput of(ImageDataset dataset) {
    return new MethodInput(dataset.shape(), dataset.images(), dataset.count());
  }

  /**
   * Checks that the clusters can have an image each. With {@code features = edges} the input's rows
   * are nodes, and what else they hold does not count.
   *
   * @throws UserException if there are fewer distinct images than clusters
   */
  static void requireDistinct(MethodInput input, Config config) {
    if (config.getString("features").equals(Representation.EDGES)) {
      return;
    }
    int clusters = ClusterJob.clusters(config);
    String content = input.shape().isOfImages() ? "pixels" : "vector";
    long distinct =
        input
            .rows()
            .select(functions.xxhash64(functions.col(content)))
            .distinct()
            .limit(clusters)
            .count();
    if (distinct < clusters) {
      throw new UserException(
          "Cannot make %d clusters: found %d distinct images, expected at least as many as clusters"
              .formatted(clusters, distinct));
    }
  }

  /**
   * Returns a place that the executors reach: of the default file system, except on one machine.
   */
  private static Path temporary(SparkSession spark) {
    String name = "image-clustering-dry-run-" + UUID.randomUUID();
    if (spark.sparkContext().isLocal()) {
      return new Path(java.nio.file.Path.of(System.getProperty("java.io.tmpdir"), name).toUri());
    }
    try {
      return new Path(
          FileSystem.get(spark.sessionState().newHadoopConf()).getHomeDirectory(), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
