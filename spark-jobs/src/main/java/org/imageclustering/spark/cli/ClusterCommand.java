package org.imageclustering.spark.cli;

import java.util.concurrent.Callable;
import org.imageclustering.spark.job.ClusterJob;
import org.imageclustering.spark.job.ClusterRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "cluster",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Clusters images into a run directory: assignments, model, scores and report.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  submit.sh cluster sa-net --input sample:mnist --clusters 10 --output runs/digits",
      "  submit.sh cluster sa-net --input photos/ --size 32x32 --clusters 5 \\",
      "      --set sa-net.fit-sample=2000 --output runs/photos",
      "  submit.sh cluster aec --input sample:mnist --clusters 10 --output runs/aec --final spectral",
      "  submit.sh cluster dac --config dac-fashion --input fashion/ --clusters 10 --output runs/dac",
      "  submit.sh cluster dcae --input photos/ --size 32x32 --clusters 5 --output runs/dcae --resume",
      "  submit.sh cluster wta --input mnist/ --clusters auto --set wta.co-clusters=40 --output runs/wta",
      "  submit.sh cluster spectral --features hog --input data/digits --clusters 10 --output runs/hog",
      "  submit.sh cluster spectral --features hog --input sample:mnist --clusters auto --output runs/auto",
      "  submit.sh cluster spectral --input embeddings.parquet --clusters 20 --output runs/vectors",
      "  submit.sh cluster k-means --input data/photos --clusters 5 --output runs/k-means --dry-run"
    })
final class ClusterCommand implements Callable<Integer> {
  @Mixin private RunFlags flags;

  @Option(names = "--output", required = true, paramLabel = "RUN", description = "run directory")
  private String output;

  @Option(
      names = "--dry-run",
      description = "print the resolved configuration, counts, and estimated memory and time")
  private boolean dryRun;

  @Override
  public Integer call() {
    ClusterRequest request = flags.request(output);
    String name = "cluster " + flags.method();
    return dryRun
        ? Work.inSession(name, spark -> new ClusterJob(spark, request).dryRun())
        : Work.resumable(name, spark -> new ClusterJob(spark, request).run());
  }
}
