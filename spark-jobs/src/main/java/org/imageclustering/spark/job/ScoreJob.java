package org.imageclustering.spark.job;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.LabelTable;
import org.imageclustering.spark.evaluate.Evaluation;
import org.imageclustering.spark.report.Report;

/** {@code evaluate} and {@code report}: of a run that is finished. */
public final class ScoreJob {
  private final SparkSession spark;
  private final String run;

  /** The scores of a run. */
  public ScoreJob(SparkSession spark, String run) {
    this.spark = spark;
    this.run = run;
  }

  /**
   * Writes {@code RUN/metrics.json} anew.
   *
   * @param labels a labels table or file, or nothing for the labels of the run's own data set
   * @return the lines to print
   * @throws org.imageclustering.UserException if the run is not finished or the labels do not match
   */
  public List<String> evaluate(Optional<String> labels) {
    RunRecord record = RunDirectory.readFinished(run, hadoop());
    Evaluation.write(spark, run, labels(record, labels));
    return Summary.of(new Path(run), hadoop());
  }

  /**
   * Writes {@code RUN/report/index.html} anew.
   *
   * @return the lines to print
   * @throws org.imageclustering.UserException if the run is not finished
   */
  public List<String> report() {
    RunDirectory.readFinished(run, hadoop());
    Report.write(spark, run);
    return Summary.of(new Path(run), hadoop());
  }

  private Optional<Dataset<Row>> labels(RunRecord record, Optional<String> given) {
    String dataset = record.text("dataset");
    if (given.isPresent()) {
      LabelTable table = LabelTable.open(spark, given.get());
      table.join(spark.read().parquet(new Path(run, "assignments").toString()).select("id"));
      return Optional.of(table.rows());
    }
    return ImageDataset.open(spark, dataset).hasLabels()
        ? Optional.of(LabelTable.open(spark, dataset).rows())
        : Optional.empty();
  }

  private Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }
}
