package org.imageclustering.spark.cli;

import java.util.concurrent.Callable;
import org.imageclustering.UserException;
import org.imageclustering.spark.job.AblationJob;
import org.imageclustering.spark.job.ClusterRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "ablate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Shows what the layers and procedures of SA-Net are worth on a data set (the paper's Table 3 and Fig. 8).",
    footerHeading = "%nExamples:%n",
    footer = {
      "  submit.sh ablate sa-net --input sample:mnist --clusters 10 --output runs/ablation",
      "  submit.sh ablate sa-net --input data/photos --clusters 5 --set sa-net.fit-sample=500 \\",
      "      --with-dense --output runs/ablation"
    })
final class AblateCommand implements Callable<Integer> {
  @Mixin private RunFlags flags;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIRECTORY",
      description = "of three sweeps: layers, first-layer, second-layer")
  private String output;

  @Option(
      names = "--with-dense",
      description = "with the fully connected affinities too, by Nystrom; much slower")
  private boolean withDense;

  @Override
  public Integer call() {
    ClusterRequest request = flags.request(output);
    if (!request.method().equals("sa-net")) {
      throw new UserException(
          "Cannot ablate %s: expected sa-net, the method that has layers and procedures to leave out"
              .formatted(request.method()));
    }
    return Work.resumable(
        "ablate sa-net", spark -> new AblationJob(spark, request, withDense).run());
  }
}
