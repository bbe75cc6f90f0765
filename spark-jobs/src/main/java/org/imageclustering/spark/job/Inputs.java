package org.imageclustering.spark.job;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.imageclustering.UserException;
import org.imageclustering.spark.data.DatasetKind;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputFingerprint;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.data.Preparation;

/** The input of a command, raw or prepared. */
final class Inputs {
  private Inputs() {}

  /** Returns what the input is, for the run's identity, without preparing it. */
  static String fingerprint(SparkSession spark, InputOptions options) {
    return ImageDataset.isDataset(spark, options.input())
        ? ImageDataset.open(spark, options.input()).fingerprint()
        : InputFingerprint.of(spark, options);
  }

  /** Opens a data set, or prepares a raw input to {@code RUN/dataset}. */
  static ImageDataset open(SparkSession spark, InputOptions options, RunDirectory run) {
    return ImageDataset.isDataset(spark, options.input())
        ? ImageDataset.open(spark, options.input())
        : new Preparation(spark, options).to(run.path("dataset").toString()).dataset();
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
}
