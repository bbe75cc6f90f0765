package org.imageclustering.spark.data;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.data.IdxReader;

/**
 * True labels by image id: the one class that opens them. Only the evaluation may use it, so that
 * no method can see what it is scored against.
 */
public final class LabelTable {
  static final String DIRECTORY = "labels";
  private static final StructType SCHEMA =
      new StructType().add("id", DataTypes.LongType).add("label", DataTypes.StringType);

  private final String uri;
  private final Dataset<Row> rows;

  private LabelTable(String uri, Dataset<Row> rows) {
    this.uri = uri;
    this.rows = rows;
  }

  /**
   * Opens labels.
   *
   * @param uri a data set that was prepared with labels; a Parquet table with the columns {@code
   *     id} and {@code label}; or IDX label files, whose labels belong to the ids 0, 1, 2 ... in
   *     the order of paths (one byte a label reaches the driver and stays there)
   * @throws UserException if it is none of these
   */
  public static LabelTable open(SparkSession spark, String uri) {
    if (ImageDataset.isDataset(spark, uri)) {
      if (!ImageDataset.open(spark, uri).hasLabels()) {
        throw new UserException(
            "Cannot read labels from the data set %s: found none, expected one prepared with --labels"
                .formatted(uri));
      }
      Path directory = new Path(uri, DIRECTORY);
      return new LabelTable(uri, spark.read().parquet(directory.toString()));
    }
    Configuration hadoop = spark.sessionState().newHadoopConf();
    InputFiles files = InputFiles.list(uri, hadoop);
    return FormatDetection.detect(files, hadoop) == InputFormat.IDX
        ? new LabelTable(uri, ofIdx(spark, IdxFile.list(files, true, hadoop), hadoop))
        : new LabelTable(uri, ofParquet(spark, files));
  }

  private static Dataset<Row> ofParquet(SparkSession spark, InputFiles files) {
    Dataset<Row> table = ParquetTable.open(spark, files);
    if (!Arrays.asList(table.columns()).containsAll(List.of("id", "label"))) {
      throw new UserException(
          "Cannot read labels from %s: found the columns %s, expected id and label"
              .formatted(files.input(), String.join(", ", table.columns())));
    }
    return table.select(
        table.col("id").cast(DataTypes.LongType), table.col("label").cast(DataTypes.StringType));
  }

  private static Dataset<Row> ofIdx(SparkSession spark, List<IdxFile> files, Configuration hadoop) {
    List<LabelBlock> blocks = new ArrayList<>();
    long firstId = 0;
    for (IdxFile file : files) {
      byte[] labels = InputFiles.unchecked(() -> labels(file, hadoop));
      blocks.addAll(LabelBlock.of(firstId, labels));
      firstId += labels.length;
    }
    return spark.createDataFrame(rows(new SparkInput(spark).oneEach(blocks)), SCHEMA);
  }

  private static JavaRDD<Row> rows(JavaRDD<LabelBlock> blocks) {
    return blocks.flatMap(LabelBlock::rows);
  }

  private static byte[] labels(IdxFile file, Configuration hadoop) throws IOException {
    byte[] labels = new byte[file.header().count()];
    try (IdxReader reader = file.readerAt(0, hadoop)) {
      for (int i = 0; i < labels.length; i++) {
        labels[i] = reader.next()[0];
      }
      reader.checkEnd();
    }
    return labels;
  }

  /** Writes the labels of staged rows that were not rejected. */
  static void write(Dataset<Row> accepted, Path directory) {
    accepted
        .select(Staged.ID, Staged.LABEL)
        .write()
        .mode(SaveMode.ErrorIfExists)
        .parquet(directory.toString());
  }

  /**
   * Returns the staged rows whose label is one of the first in their order, numbers by their value
   * and other labels after them by their text; and those that were rejected. The labels' names
   * reach the driver.
   *
   * @throws UserException if there are fewer labels than asked for
   */
  static Dataset<Row> ofClasses(Dataset<Row> staged, InputOptions options) {
    int wanted = options.classes().getAsInt();
    Column label = col(Staged.LABEL);
    List<String> first =
        staged
            .filter(label.isNotNull())
            .groupBy(label)
            .count()
            .orderBy(expr("try_cast(%s as double)".formatted(Staged.LABEL)).asc_nulls_last(), label)
            .limit(wanted)
            .select(label)
            .as(Encoders.STRING())
            .collectAsList();
    if (first.size() < wanted) {
      throw new UserException(
          "Cannot use --classes %d: found %d labels in %s, expected at least as many"
              .formatted(wanted, first.size(), options.labels().get()));
    }
    return staged.filter(label.isin(first.toArray()).or(col(Staged.REASON).isNotNull()));
  }

  /** Returns the labels: id long, unique; label string, never null. */
  public Dataset<Row> rows() {
    return rows;
  }

  /**
   * Returns the given rows with their {@code label}.
   *
   * @param images any table with a column {@code id}, unique
   * @throws UserException if the numbers of rows and labels differ, or a row has no label
   */
  public Dataset<Row> join(Dataset<Row> images) {
    long expected = images.count();
    long found = rows.count();
    if (found != expected) {
      throw new UserException(
          "Cannot label the images with %s: found %d labels, expected %d, one an image"
              .formatted(uri, found, expected));
    }
    Dataset<Row> joined = images.join(rows, "id");
    long matched = joined.count();
    if (matched != expected) {
      throw new UserException(
          "Cannot label the images with %s: found labels for %d of the ids, expected all %d"
              .formatted(uri, matched, expected));
    }
    return joined;
  }
}
