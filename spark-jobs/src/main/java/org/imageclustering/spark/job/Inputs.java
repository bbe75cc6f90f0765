package org.imageclustering.spark.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.function.Function;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageSize;
import org.imageclustering.spark.data.DatasetKind;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.data.Preparation;
import org.imageclustering.spark.session.Storage;

/** The input of a command, raw or prepared. */
final class Inputs {
  /** What images of differing sizes are letterboxed to where the user names no size. */
  private static final ImageSize MIXED_SIZE = new ImageSize(32, 32);

  private Inputs() {}

  /** Returns what the input is, for the run's identity, without preparing it. */
  static String fingerprint(SparkSession spark, InputOptions options) {
    return ImageDataset.isDataset(spark, options.input())
        ? ImageDataset.open(spark, options.input()).fingerprint()
        : preparation(spark, options).fingerprint();
  }

  /** Opens a data set, or prepares a raw input to {@code RUN/dataset}. */
  static ImageDataset open(SparkSession spark, InputOptions options, RunDirectory run) {
    return ImageDataset.isDataset(spark, options.input())
        ? ImageDataset.open(spark, options.input())
        : preparation(spark, options).to(run.path("dataset").toString()).dataset();
  }

  /** Prepares a raw input to a directory. */
  static void prepare(SparkSession spark, InputOptions options, String directory) {
    preparation(spark, options).to(directory);
  }

  private static Preparation preparation(SparkSession spark, InputOptions options) {
    return new Preparation(spark, options).fittingMixedSizesTo(MIXED_SIZE);
  }

  /**
   * Returns what a function finds in an input of which nothing stays. A raw input is prepared to a
   * temporary directory, which is the only way to know what can be read of it.
   */
  static <T> T look(SparkSession spark, InputOptions options, Function<ImageDataset, T> look) {
    if (ImageDataset.isDataset(spark, options.input())) {
      return look.apply(ImageDataset.open(spark, options.input()));
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

  static MethodInput of(ImageDataset dataset) {
    MethodInput.Kind kind =
        dataset.kind() == DatasetKind.IMAGES ? MethodInput.Kind.IMAGES : MethodInput.Kind.VECTORS;
    return new MethodInput(
        kind,
        dataset.images(),
        dataset.count(),
        dataset.height(),
        dataset.width(),
        dataset.channels());
  }

  /**
   * Checks that a raw input of vectors was read whole: an embedding with NaN is a fault of whatever
   * made it, and not one bad file among many. Who wants such rows left out runs {@code prepare}.
   *
   * @throws UserException naming the first row that could not be used
   */
  static void requireWholeVectors(ImageDataset dataset) {
    if (dataset.kind() == DatasetKind.VECTORS && dataset.rejectedCount() > 0) {
      Row first = dataset.rejected().orderBy("origin").first();
      throw new UserException(
          "Cannot cluster vectors: found %d rows that cannot be used, the first, %s, %s; expected finite numbers in every row ('prepare' leaves such rows out)"
              .formatted(dataset.rejectedCount(), first.getString(0), first.getString(1)));
    }
  }

  /**
   * Checks that the clusters can have an image each.
   *
   * @throws UserException if there are fewer distinct images than clusters
   */
  static void requireDistinct(MethodInput input, int clusters) {
    String content = input.kind() == MethodInput.Kind.IMAGES ? "pixels" : "vector";
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
