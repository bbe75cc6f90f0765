package org.imageclustering.spark.cli;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.imageclustering.spark.job.BenchmarkJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures one part on grey images or their 11 x 11 patches.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  submit.sh benchmark neighbours --input mnist/t10k-images-idx3-ubyte.gz --threads 2",
      "  submit.sh benchmark eigenvectors --input mnist/t10k-images-idx3-ubyte.gz --eigenvectors 64",
      "  submit.sh benchmark train --input mnist/t10k-images-idx3-ubyte.gz",
      "  submit.sh benchmark cocluster --input mnist/t10k-images-idx3-ubyte.gz --partition clusters.txt"
    })
final class BenchmarkCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "one of ${COMPLETION-CANDIDATES}")
  private String name;

  @Mixin private InputFlags input;

  @Option(
      names = "--neighbours",
      defaultValue = "17",
      paramLabel = "K",
      description = "neighbours of each patch; default: ${DEFAULT-VALUE}")
  private int neighbours;

  @Option(
      names = "--eigenvectors",
      defaultValue = "64",
      paramLabel = "N",
      description = "of the graph of neighbours; default: ${DEFAULT-VALUE}")
  private int vectors;

  @Option(
      names = "--clusters",
      defaultValue = "10",
      paramLabel = "K",
      description = "of cocluster; default: ${DEFAULT-VALUE}")
  private int clusters;

  @Option(
      names = "--partition",
      paramLabel = "URI",
      description = "where cocluster writes each image's cluster, one a line; default: nowhere")
  private String partition;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "default: the number of this machine's cores; train and cocluster always take these")
  private Integer threads;

  @Override
  public Integer call() {
    int used = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return Work.inSession(
        "benchmark " + name,
        spark -> {
          BenchmarkJob job = new BenchmarkJob(spark, input.options());
          if (name.equals(BenchmarkJob.COCLUSTER)) {
            job.cocluster(clusters, partition, System.out);
          } else {
            job.run(name, neighbours, vectors, used, System.out);
          }
          return List.of();
        });
  }

  /** The benchmarks, for the help text. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return BenchmarkJob.NAMES.iterator();
    }
  }
}
