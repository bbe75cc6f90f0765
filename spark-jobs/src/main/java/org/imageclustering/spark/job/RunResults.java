package org.imageclustering.spark.job;

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
  private final SparkSession spark;
  private final RunDirectory run;
  private final RunStageStore stages;
  private final ImageDataset dataset;

  RunResults(SparkSession spark, RunDirectory run, RunStageStore stages, ImageDataset dataset) {
    this.spark = spark;
    this.run = run;
    this.stages = stages;
    this.dataset = dataset;
  }

  /** Writes what a method found, and its model. */
  void write(MethodResult result, int cap) {
    stages.model(result.model());
    assignments(result.assignments());
    stages.output("features", () -> byId(result.features()));
    result.embedding().ifPresent(rows -> stages.output("embedding", () -> byId(rows)));
    result.candidates().ifPresent(rows -> stages.output("candidates", () -> rows));
    result.history().ifPresent(rows -> stages.output("history", () -> rows));
    stages.step(
        "write tables",
        () -> {
          result
              .tables()
              .forEach(
                  (name, rows) -> Tables.write(run.storage(), run.path("tables"), name, rows, cap));
          return null;
        });
  }

  /**
   * Writes {@code RUN/assignments} (id, origin, prediction, confidence) and {@code RUN/rejected}.
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
