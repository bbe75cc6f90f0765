package org.imageclustering.spark.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.DataSource;
import org.imageclustering.UserException;

/** Opens Parquet that a user names, with a clear message where it is something else. */
public final class ParquetTable {
  private static final String MAGIC = "PAR1";
  private static final int FILES = 100;

  private ParquetTable() {}

  /**
   * Opens a table: every file at any depth. Folders {@code key=value} become columns.
   *
   * @param uri a file, directory or glob
   * @throws UserException if nothing is there, one of the first hundred files does not begin and
   *     end like Parquet, Spark would pass over a file, or some files lie in folders of other keys
   */
  public static Dataset<Row> open(SparkSession spark, String uri) {
    return open(spark, InputFiles.list(uri, spark.sessionState().newHadoopConf()));
  }

  /** The same of files that are listed already. */
  static Dataset<Row> open(SparkSession spark, InputFiles input) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    for (InputFile file : input.files().subList(0, Math.min(FILES, input.files().size()))) {
      if (!isParquet(file, hadoop)) {
        throw new UserException(
            "Cannot read the Parquet table %s: found %s, expected whole Parquet files only"
                .formatted(input.input(), file.path()));
      }
    }
    input.files().forEach(file -> requireVisible(input, file));
    // What was listed is read, and no name is taken for a glob.
    DataFrameReader reader = spark.read().option(DataSource.GLOB_PATHS_KEY(), false);
    boolean isPartitioned = !partitionKeys(input).isEmpty();
    return read(isPartitioned ? reader.option("basePath", input.root()) : reader, input);
  }

  private static Dataset<Row> read(DataFrameReader reader, InputFiles input) {
    try {
      return analysed(reader, input.files().stream().map(InputFile::path).toArray(String[]::new));
    } catch (AnalysisException e) {
      throw new UserException(
          "Cannot read the Parquet table %s: found '%s', expected files of one table"
              .formatted(input.input(), InputFiles.firstLine(e.getMessage())),
          e);
    }
  }

  /** Says what Spark's Scala code throws without saying so. */
  private static Dataset<Row> analysed(DataFrameReader reader, String[] files)
      throws AnalysisException {
    return reader.parquet(files);
  }

  /** Spark takes a name with an underscore in front for one of its own, without a word. */
  private static void requireVisible(InputFiles input, InputFile file) {
    String name = new Path(file.path()).getName();
    if (name.startsWith("_") && !name.contains("=")) {
      throw new UserException(
          "Cannot read the Parquet table %s: found %s, expected names without an underscore in front, which Spark passes over"
              .formatted(input.input(), file.path()));
    }
  }

  /**
   * Returns the keys of the folders {@code key=value} that all files lie in, as a path; empty where
   * there are none.
   */
  private static String partitionKeys(InputFiles input) {
    InputFile first = input.files().get(0);
    String keys = partitionKeys(first);
    for (InputFile file : input.files()) {
      if (!partitionKeys(file).equals(keys)) {
        throw new UserException(
            "Cannot read the Parquet table %s: found %s beside %s, expected folders key=value of the same keys around every file or none"
                .formatted(input.input(), file.relative(), first.relative()));
      }
    }
    return keys;
  }

  /** Spark reads the folders down to the last one that is a {@code key=value}. */
  private static String partitionKeys(InputFile file) {
    List<String> names = Arrays.asList(file.relative().split("/", -1));
    String keys = "";
    StringBuilder path = new StringBuilder();
    for (String folder : names.subList(0, names.size() - 1)) {
      int end = folder.indexOf('=');
      path.append(end < 0 ? folder : folder.substring(0, end + 1)).append('/');
      keys = end < 0 ? keys : path.toString();
    }
    return keys;
  }

  private static boolean isParquet(InputFile file, Configuration hadoop) {
    int length = MAGIC.length();
    if (file.length() < 3L * length) {
      return false;
    }
    byte[] first = new byte[length];
    byte[] last = new byte[length];
    return InputFiles.opened(
        file,
        () -> {
          Path path = new Path(file.path());
          try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
            in.readFully(0, first);
            in.readFully(file.length() - length, last);
          }
          return isMagic(first) && isMagic(last);
        });
  }

  private static boolean isMagic(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1).equals(MAGIC);
  }
}
