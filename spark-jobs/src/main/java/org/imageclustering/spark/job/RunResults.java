package org.imageclustering.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import com.typesafe.config.Config;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.LabelTable;
import org.imageclustering.spark.evaluate.Evaluation;
import org.imageclustering.spark.report.Report;

/** What follows the method: the run's tables, its scores and its report. */
final class RunResults {
  /** Which images a cut table shows is always the same draw. */
  private static final long SEED = 1;

  private final SparkSession spark;
  private final RunDirectory run;
  private final RunStageStore stages;
  private final ImageDataset dataset;
  private final int cap;

  /**
   * The results of a run.
   *
   * @param settings of them {@code tables.cap}, the most rows of a table for people
   */
  RunResults(
      SparkSession spark,
      RunDirectory run,
      RunStageStore stages,
      ImageDataset dataset,
      Config settings) {
    this.spark = spark;
    this.run = run;
    this.stages = stages;
    this.dataset = dataset;
    this.cap = Tables.cap(settings);
  }

  /** Writes what a method found, and its model. */
  void write(MethodResult result) {
    stages.model(result.model());
    assignments(result.assignments());
    stages.output("features", () -> byId(result.features()));
    result.embedding().ifPresent(rows -> stages.output("embedding", () -> byId(rows)));
    result.candidates().ifPresent(rows -> stages.output("candidates", () -> rows));
    result.history().ifPresent(rows -> stages.output("history", () -> rows));
    stages.step(
        "write tables",
        () -> {
          result.tables().forEach(this::table);
          return null;
        });
  }

  private void table(String name, Dataset<Row> rows) {
    Tables.write(run.storage(), run.path("tables"), name, rows, cap);
  }

  /**
   * Writes {@code RUN/assignments} (id, origin, prediction, confidence), the same as a table for
   * people (drawn at random where there are more rows than one may have) and {@code RUN/rejected}.
   */
  void assignments(Dataset<Row> predicted) {
    stages.output(
        "assignments",
        () ->
            dataset
                .images()
                .select("id", "origin")
                .join(predicted.select("id", "prediction", "confidence"), "id")
                .sort("id"));
    stages.step(
        "write sample",
        () -> {
          Dataset<Row> rows = spark.read().parquet(run.path("assignments").toString());
          table("assignments", rows.orderBy(xxhash64(lit(SEED), col("id")), col("id")));
          return null;
        });
    if (dataset.rejectedCount() > 0) {
      stages.output("rejected", dataset::rejected);
    }
  }

  /** Scores the run, against the data set's labels where it has some, and writes the report. */
  void scoreAndReport() {
    Optional<Dataset<Row>> labels =
        dataset.hasLabels()
            ? Optional.of(LabelTable.open(spark, dataset.uri()).rows())
            : Optional.empty();
    String uri = run.root().toString();
    stages.step("evaluate", () -> Evaluation.write(spark, uri, labels));
    stages.step(
        "report",
        () -> {
          Report.write(spark, uri);
          return null;
        });
  }

  static Dataset<Row> byId(Dataset<Row> rows) {
    return rows.sort("id");
  }
}
