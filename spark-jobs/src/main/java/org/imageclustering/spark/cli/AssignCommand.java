package org.imageclustering.spark.cli;

import java.util.concurrent.Callable;
import org.imageclustering.spark.job.AssignJob;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "assign",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Clusters new images by the model of a finished run.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  submit.sh assign --run runs/first --input mnist/train-images-idx3-ubyte.gz \\",
      "      --labels mnist/train-labels-idx1-ubyte.gz --output runs/first-on-train"
    })
final class AssignCommand implements Callable<Integer> {
  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN",
      description = "a finished run of cluster")
  private String run;

  @Mixin private InputFlags input;

  @Option(names = "--output", required = true, paramLabel = "RUN2", description = "run directory")
  private String output;

  @ArgGroup private ExistingFlags existing;

  @Override
  public Integer call() {
    return Work.resumable(
        "assign",
        spark ->
            new AssignJob(spark, run, input.options()).run(output, ExistingFlags.of(existing)));
  }
}
