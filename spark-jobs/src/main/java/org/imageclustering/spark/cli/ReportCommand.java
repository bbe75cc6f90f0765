package org.imageclustering.spark.cli;

import java.util.concurrent.Callable;
import org.imageclustering.spark.job.ScoreJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Writes RUN/report/index.html of a finished run.",
    footerHeading = "%nExamples:%n",
    footer = "  submit.sh report --run runs/first")
final class ReportCommand implements Callable<Integer> {
  @Option(names = "--run", required = true, paramLabel = "RUN", description = "a finished run")
  private String run;

  @Override
  public Integer call() {
    return Work.inSession("report", spark -> new ScoreJob(spark, run).report());
  }
}
