package org.imageclustering.spark.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.spark.session.Storage;

/** The files of a finished run by their names, on any Hadoop file system. Lives on the driver. */
public final class RunFiles {
  private final SparkSession spark;
  private final Path root;
  private final Storage storage;

  private RunFiles(SparkSession spark, Path root) {
    this.spark = spark;
    this.root = root;
    this.storage = Storage.of(root, spark.sparkContext().hadoopConfiguration());
  }

  /**
   * Opens a run.
   *
   * @throws UserException if there are no assignments there
   */
  public static RunFiles open(SparkSession spark, String run) {
    RunFiles opened = new RunFiles(spark, new Path(run));
    if (!opened.exists("assignments")) {
      throw new UserException(
          "Cannot read the run '%s': found no assignments there, expected the output of cluster or assign"
              .formatted(run));
    }
    return opened;
  }

  /** Returns where the run is, as it was given. */
  public String uri() {
    return root.toString();
  }

  /** Returns whether the run has a file or directory of this name. */
  public boolean exists(String name) {
    return storage.exists(path(name));
  }

  /** Returns a table of the run. */
  public Dataset<Row> table(String name) {
    return spark.read().parquet(path(name).toString());
  }

  /**
   * Returns a JSON object of the run, or nothing if there is no such file.
   *
   * @throws UserException if the file does not hold a JSON object
   */
  public Optional<ObjectNode> json(String name) {
    return storage.readJson(path(name));
  }

  /** Replaces a JSON file: a reader sees the old or the new one, never a half. */
  public void replace(String name, ObjectNode content) {
    storage.replaceJson(path(name), content);
  }

  /** Replaces a text file, in UTF-8: a reader sees the old or the new one, never a half. */
  public void replace(String name, String content) {
    storage.replace(path(name), content.getBytes(StandardCharsets.UTF_8));
  }

  private Path path(String name) {
    return new Path(root, name);
  }
}
