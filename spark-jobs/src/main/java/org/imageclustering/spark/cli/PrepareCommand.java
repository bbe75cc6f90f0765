package org.imageclustering.spark.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.imageclustering.spark.data.Preparation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Turns image files, IDX, CIFAR or Parquet into a data set that every command takes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  submit.sh prepare --input photos/ --labels folders --size 64x64 --output data/photos",
      "  submit.sh prepare --input 'mnist/t10k-images-idx3-ubyte.gz' \\",
      "      --labels mnist/t10k-labels-idx1-ubyte.gz --output hdfs:///data/mnist-test"
    })
final class PrepareCommand implements Callable<Integer> {
  @Mixin private InputFlags input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DATASET",
      description = "new directory")
  private String output;

  @Override
  public Integer call() {
    return Work.inSession(
        "prepare", spark -> List.of(new Preparation(spark, input.options()).to(output).summary()));
  }
}
