package org.imageclustering.spark.data;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageSize;
import org.imageclustering.data.PixelImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a data set in the making: staged, checked as a whole, then written. */
final class StagedTables {
  /** Where a bundled sample is unpacked meanwhile. */
  static final String SAMPLE = "_sample";

  private static final String STAGED = "_staged";

  private static final Logger LOG = LoggerFactory.getLogger(StagedTables.class);

  private final SparkSession spark;
  private final Path work;
  private final Optional<OcclusionOptions> occlusion;

  /** Tables below a work directory, whose images have a part hidden or not. */
  StagedTables(SparkSession spark, Path work, Optional<OcclusionOptions> occlusion) {
    this.spark = spark;
    this.work = work;
    this.occlusion = occlusion;
  }

  /**
   * Writes the tables of a source into the work directory and returns what they hold.
   *
   * @param mixedSize what images of different sizes are letterboxed to; without it they are an
   *     error
   * @throws UserException if the rows as a whole are not what a data set can be
   */
  StagedSummary write(Source source, InputOptions options, Optional<ImageSize> mixedSize)
      throws IOException {
    Path stagedPath = new Path(work, STAGED);
    describe("stage");
    save(source.rows(), stagedPath);
    Dataset<Row> staged = spark.read().schema(Staged.SCHEMA).parquet(stagedPath.toString());
    describe("check");
    StagedSummary found = StagedSummary.of(staged);
    StagedSummary summary = mixedSize.map(found::fittedTo).orElse(found);
    summary
        .fitted()
        .ifPresent(size -> LOG.info("The images differ in size: all are letterboxed to {}", size));
    new StagedChecks(staged, summary, options).check(source);
    if (options.classes().isPresent()) {
      staged = LabelTable.ofClasses(staged, options);
      summary = summary.countedAnew(staged);
    }
    writeTables(staged, summary, options.labels().isPresent());
    for (String name : new String[] {STAGED, SAMPLE}) {
      stagedPath
          .getFileSystem(spark.sessionState().newHadoopConf())
          .delete(new Path(work, name), true);
    }
    return summary;
  }

  private void writeTables(Dataset<Row> staged, StagedSummary summary, boolean labelled) {
    Dataset<Row> accepted = staged.filter(col(Staged.REASON).isNull());
    describe("write images");
    save(content(accepted, summary), new Path(work, ImageDataset.IMAGES));
    if (labelled) {
      describe("write labels");
      LabelTable.write(accepted, new Path(work, LabelTable.DIRECTORY));
    }
    describe("write rejected");
    Dataset<Row> rejected =
        staged.filter(col(Staged.REASON).isNotNull()).select(Staged.ORIGIN, Staged.REASON);
    save(rejected.coalesce(1), new Path(work, ImageDataset.REJECTED));
    spark.sparkContext().setJobDescription(null);
  }

  private void describe(String step) {
    spark.sparkContext().setJobDescription("prepare: " + step);
  }

  private Dataset<Row> content(Dataset<Row> accepted, StagedSummary summary) {
    if (summary.kind() == DatasetKind.VECTORS && occlusion.isEmpty()) {
      return accepted.select(Staged.ID, Staged.ORIGIN, Staged.VECTOR);
    }
    boolean shaped = summary.channelsDiffer() || summary.fitted().isPresent();
    Dataset<Row> images = shaped ? shaped(accepted, summary) : accepted;
    return occlusion
        .map(options -> Occlusion.of(images, summary, options))
        .orElse(images)
        .selectExpr(Staged.IMAGE_COLUMNS);
  }

  private Dataset<Row> shaped(Dataset<Row> images, StagedSummary summary) {
    OptionalInt channels = summary.channelsDiffer() ? OptionalInt.of(3) : OptionalInt.empty();
    return spark.createDataFrame(
        shaped(images.javaRDD(), new Shaper(summary.fitted(), channels)), Staged.SCHEMA);
  }

  private static JavaRDD<Row> shaped(JavaRDD<Row> images, Shaper shaper) {
    return images.map(row -> shaped(row, shaper));
  }

  private static Row shaped(Row row, Shaper shaper) {
    int height = row.<Integer>getAs("height");
    int width = row.<Integer>getAs("width");
    int channels = row.<Integer>getAs("channels");
    PixelImage image = new PixelImage(height, width, channels, row.<byte[]>getAs("pixels"));
    return Staged.image(
        row.<Long>getAs(Staged.ID),
        row.getAs(Staged.ORIGIN),
        shaper.shape(image),
        row.getAs(Staged.LABEL));
  }

  /** Writes a table. */
  private static void save(Dataset<Row> table, Path directory) {
    ran(
        "write the table " + directory,
        () -> {
          table.write().parquet(directory.toString());
          return null;
        });
  }

  /**
   * Returns what the first rows that can be read tell of all, or nothing where none can.
   *
   * @param count of rows that come to the driver, without their pixels
   */
  static Optional<StagedSummary> ofFirst(SparkSession spark, Source source, int count) {
    Dataset<Row> readable = source.rowsAsRead().filter(col(Staged.REASON).isNull()).drop("pixels");
    List<Row> first = ran("read the first rows", () -> readable.takeAsList(count));
    return first.isEmpty()
        ? Optional.empty()
        : Optional.of(StagedSummary.of(spark.createDataFrame(first, readable.schema())));
  }

  /** A Spark job whose Scala code throws what it does not declare. */
  @FunctionalInterface
  private interface Job<T> {
    T run() throws SparkException;
  }

  /** Runs a job; what a task threw for the user's eyes comes out as it was thrown. */
  private static <T> T ran(String what, Job<T> job) {
    try {
      return job.run();
    } catch (SparkException e) {
      for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
        if (cause instanceof UserException) {
          throw new UserException(cause.getMessage(), e);
        }
      }
      throw new IllegalStateException("Cannot " + what, e);
    }
  }
}
