package org.imageclustering.spark.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.data.OcclusionOptions;
import org.imageclustering.spark.data.Preparation;
import org.imageclustering.spark.session.Storage;
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
      "      --labels mnist/t10k-labels-idx1-ubyte.gz --output hdfs:///data/mnist-test",
      "  submit.sh prepare --input mnist/ --labels mnist/ --classes 5 --output data/mnist-5",
      "  submit.sh prepare --input faces/ --size 48x42 --occlude 0.2 --seed 1 --output data/faces-hidden"
    })
final class PrepareCommand implements Callable<Integer> {
  @Mixin private InputFlags input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DATASET",
      description = "new directory")
  private String output;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description =
          "keep the images of N labels alone, the first in their order; labels are used for nothing else")
  private Integer classes;

  @Option(
      names = "--occlude",
      paramLabel = "SHARE",
      description = "hide this share of each image, 0 to 1, behind a block of another image")
  private Double occlude;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "of the draws of --occlude; default: ${DEFAULT-VALUE}")
  private long seed;

  private InputOptions options() {
    InputOptions options = input.options();
    return classes == null ? options : options.withClasses(classes);
  }

  @Override
  public Integer call() {
    Storage.path("--output", output);
    Optional<OcclusionOptions> occlusion =
        Optional.ofNullable(occlude).map(share -> new OcclusionOptions(share, seed));
    return Work.inSession(
        "prepare",
        spark -> {
          Preparation plain = new Preparation(spark, options());
          Preparation preparation = occlusion.map(plain::occluding).orElse(plain);
          return List.of(preparation.to(output).summary());
        });
  }
}
