package org.imageclustering.spark.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.imageclustering.spark.job.ScoreJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Scores a finished run and writes RUN/metrics.json.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  submit.sh evaluate --run runs/first",
      "  submit.sh evaluate --run runs/first --labels mnist/t10k-labels-idx1-ubyte.gz"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Option(names = "--run", required = true, paramLabel = "RUN", description = "a finished run")
  private String run;

  @Option(
      names = "--labels",
      paramLabel = "URI",
      description = "a data set, Parquet with id and label, or IDX; default: the run's data set")
  private String labels;

  @Override
  public Integer call() {
    return Work.inSession(
        "evaluate", spark -> new ScoreJob(spark, run).evaluate(Optional.ofNullable(labels)));
  }
}
