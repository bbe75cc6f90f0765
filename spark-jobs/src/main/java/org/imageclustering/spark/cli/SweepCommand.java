package org.imageclustering.spark.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.imageclustering.spark.job.SweepJob;
import org.imageclustering.spark.job.SweepRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs a method for every combination of some options' values: one run directory each, a table and a plot.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  submit.sh sweep sa-net --input sample:mnist --clusters 10 --over seed=1,2,3 --output runs/seeds",
      "  submit.sh sweep spectral --input data/photos --over clusters=5,10,20 --over features=pixels,hog \\",
      "      --output runs/photos",
      "  submit.sh sweep sa-net --input sample:mnist --clusters 10 --output runs/layers \\",
      "      --over 'sa-net.network=[first],[first,second]'",
      "  submit.sh sweep sa-net --input sample:mnist --clusters 10 --output runs/presets \\",
      "      --over config=default,sa-net-mnist-paper"
    })
final class SweepCommand implements Callable<Integer> {
  @Mixin private RunFlags flags;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIRECTORY",
      description = "of the runs, summary.csv, summary.json and index.html")
  private String output;

  @Option(
      names = "--over",
      required = true,
      paramLabel = "KEY=VALUE,…",
      description =
          "a key of the configuration (or config, for presets) and its values; may come several times")
  private List<String> over;

  @Override
  public Integer call() {
    SweepRequest request = new SweepRequest(flags.request(output), over);
    return Work.resumable("sweep " + flags.method(), spark -> new SweepJob(spark, request).run());
  }
}
