package org.imageclustering.spark.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;

/** A prepared data set, without its labels: images (or vectors) of one size. On the driver. */
public final class ImageDataset {
  static final String IMAGES = "images";
  static final String REJECTED = "rejected";

  private final SparkSession spark;
  private final Path directory;
  private final DatasetRecord record;

  private ImageDataset(SparkSession spark, Path directory, DatasetRecord record) {
    this.spark = spark;
    this.directory = directory;
    this.record = record;
  }

  /** Returns whether a directory is a prepared data set, and not a raw input. */
  public static boolean isDataset(SparkSession spark, String uri) {
    if (SampleInput.isSample(uri)) {
      return false;
    }
    try {
      Configuration hadoop = spark.sessionState().newHadoopConf();
      Path file = new Path(uri, DatasetRecord.FILE);
      return file.getFileSystem(hadoop).exists(file);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Opens a data set; reads {@code dataset.json} only.
   *
   * @throws UserException if the directory holds none, or its {@code dataset.json} is not ours
   */
  public static ImageDataset open(SparkSession spark, String uri) {
    if (!isDataset(spark, uri)) {
      throw new UserException(
          "Cannot open the data set %s: found no dataset.json, expected a directory that `prepare` wrote"
              .formatted(uri));
    }
    try {
      Path directory = new Path(uri);
      FileSystem system = directory.getFileSystem(spark.sessionState().newHadoopConf());
      return new ImageDataset(spark, system.makeQualified(directory), read(system, directory));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          "Cannot open the data set %s: found a damaged dataset.json, expected one that `prepare` wrote"
              .formatted(uri),
          e);
    }
  }

  /** Returns the record of a directory, or nothing where it holds none that can be read. */
  static Optional<DatasetRecord> recordOf(FileSystem system, Path directory) throws IOException {
    return system.exists(new Path(directory, DatasetRecord.FILE))
        ? Optional.of(read(system, directory))
        : Optional.empty();
  }

  private static DatasetRecord read(FileSystem system, Path directory) throws IOException {
    try (InputStream in = system.open(new Path(directory, DatasetRecord.FILE))) {
      return DatasetRecord.ofJson(in.readAllBytes());
    }
  }

  /** Returns where the data set is, with scheme and authority. */
  public String uri() {
    return directory.toString();
  }

  /** Returns the input that it was made of, as the user named it. */
  public String source() {
    return record.source();
  }

  /** Returns what every row is like. */
  public DatasetShape shape() {
    return new DatasetShape(record.kind(), record.height(), record.width(), record.channels());
  }

  /** Returns the number of images or vectors. */
  public long count() {
    return record.images();
  }

  /** Returns the number of rejected files or rows. */
  public long rejectedCount() {
    return record.rejected();
  }

  /** Returns what the images are and came from, as 64 hexadecimal digits; labels do not count. */
  public String fingerprint() {
    return record.fingerprint();
  }

  /** Returns whether the data set has labels; they are opened by {@link LabelTable}. */
  public boolean hasLabels() {
    return record.labels() > 0;
  }

  /**
   * Returns the images: id long, origin string, height, width, channels int, pixels binary; or the
   * vectors: id long, origin string, vector array of float. Ids are unique.
   */
  public Dataset<Row> images() {
    return spark.read().parquet(new Path(directory, IMAGES).toString());
  }

  /** Returns what was rejected: origin, reason. */
  public Dataset<Row> rejected() {
    return spark.read().parquet(new Path(directory, REJECTED).toString());
  }
}
