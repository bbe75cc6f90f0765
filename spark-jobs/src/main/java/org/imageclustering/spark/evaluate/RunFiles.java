package org.imageclustering.spark.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;

/** The files of a finished run, on any Hadoop file system. Lives on the driver. */
public final class RunFiles {
  /** A put is atomic there, and a rename copies. */
  private static final Set<String> OBJECT_STORES =
      Set.of("s3", "s3a", "s3n", "gs", "oss", "cosn", "obs", "swift", "wasb", "wasbs");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final SparkSession spark;
  private final Path root;
  private final FileSystem files;
  private final Configuration hadoop;

  private RunFiles(SparkSession spark, Path root, FileSystem files, Configuration hadoop) {
    this.spark = spark;
    this.root = root;
    this.files = files;
    this.hadoop = hadoop;
  }

  /**
   * Opens a run.
   *
   * @throws UserException if there are no assignments there
   */
  public static RunFiles open(SparkSession spark, String run) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    Path root = new Path(run);
    try {
      RunFiles opened = new RunFiles(spark, root, root.getFileSystem(hadoop), hadoop);
      if (!opened.exists("assignments")) {
        throw new UserException(
            "Cannot read the run '%s': found no assignments there, expected the output of cluster or assign"
                .formatted(run));
      }
      return opened;
    } catch (IOException e) {
      throw new UserException(
          "Cannot read the run '%s': found %s, expected a directory on a file system that can be reached"
              .formatted(run, e.getMessage()),
          e);
    }
  }

  /** Returns where the run is, as it was given. */
  public String uri() {
    return root.toString();
  }

  /** Returns whether the run has a file or directory of this name. */
  public boolean exists(String name) {
    try {
      return files.exists(new Path(root, name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a table of the run. */
  public Dataset<Row> table(String name) {
    return spark.read().parquet(new Path(root, name).toString());
  }

  /**
   * Returns a JSON object of the run, or nothing if there is no such file.
   *
   * @throws UserException if the file does not hold a JSON object
   */
  public Optional<ObjectNode> json(String name) {
    Path path = new Path(root, name);
    try (FSDataInputStream in = bare().open(path)) {
      JsonNode node = JSON.readTree(in.readAllBytes());
      if (node instanceof ObjectNode object) {
        return Optional.of(object);
      }
      throw new UserException(
          "Cannot read '%s': found %s, expected a JSON object".formatted(path, node.getNodeType()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UserException(
          "Cannot read '%s': found no valid JSON, expected an object; %s"
              .formatted(path, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a JSON file: a reader sees the old or the new one, never a half. */
  public void replace(String name, ObjectNode content) {
    replace(name, JSON.valueToTree(content).toPrettyString());
  }

  /** Replaces a text file, in UTF-8: a reader sees the old or the new one, never a half. */
  public void replace(String name, String content) {
    Path path = new Path(root, name);
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try {
      if (OBJECT_STORES.contains(files.getScheme())) {
        write(path, bytes);
        return;
      }
      Path attempt =
          new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID() + ".tmp");
      write(attempt, bytes);
      rename(attempt, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path path, byte[] bytes) throws IOException {
    try (OutputStream out = bare().create(path, true)) {
      out.write(bytes);
    }
  }

  private void rename(Path from, Path to) throws IOException {
    if (files instanceof LocalFileSystem) {
      if (!bare().rename(from, to)) {
        throw new IOException("Cannot rename " + from + " to " + to);
      }
      return;
    }
    FileContext.getFileContext(from.toUri(), hadoop).rename(from, to, Options.Rename.OVERWRITE);
  }

  /** Without checksum files: one beside a file that is replaced would belong to the old one. */
  private FileSystem bare() {
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }
}
