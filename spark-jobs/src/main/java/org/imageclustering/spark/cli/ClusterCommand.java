package org.imageclustering.spark.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.imageclustering.spark.job.ClusterJob;
import org.imageclustering.spark.job.ClusterRequest;
import org.imageclustering.spark.job.Methods;
import org.imageclustering.spark.settings.Presets;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
      "  submit.sh cluster spectral --features hog --input data/digits --clusters 10 --output runs/hog",
      "  submit.sh cluster spectral --input embeddings.parquet --clusters 20 --output runs/vectors",
      "  submit.sh cluster k-means --input data/photos --clusters 5 --output runs/k-means --dry-run"
    })
final class ClusterCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "METHOD",
      completionCandidates = MethodNames.class,
      description = "one of ${COMPLETION-CANDIDATES}")
  private String method;

  @Mixin private InputFlags input;

  @Option(names = "--output", required = true, paramLabel = "RUN", description = "run directory")
  private String output;

  @Option(
      names = "--clusters",
      paramLabel = "K",
      description = "number of clusters, at least 2; key: clusters")
  private Integer clusters;

  @Option(names = "--seed", paramLabel = "N", description = "key: seed")
  private Long seed;

  @Option(
      names = "--features",
      paramLabel = "NAME",
      description =
          "how an image enters the method: auto, pixels, pca, hog or column; key: features")
  private String features;

  @Option(
      names = "--final",
      paramLabel = "NAME",
      description = "the last step: auto, own, k-means or spectral; key: final")
  private String last;

  @Option(
      names = "--config",
      defaultValue = "default",
      paramLabel = "NAME|URI",
      completionCandidates = PresetNames.class,
      description = "a HOCON file or one of the presets ${COMPLETION-CANDIDATES}; default: default")
  private String config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "one key of the configuration, over everything else; may come several times")
  private List<String> assignments = new ArrayList<>();

  @ArgGroup private ExistingFlags existing;

  @Option(names = "--keep-stages", description = "leave the finished stages in RUN/stages")
  private boolean keepStages;

  @Option(
      names = "--dry-run",
      description = "print the resolved configuration, counts, and estimated memory and time")
  private boolean dryRun;

  @Override
  public Integer call() {
    ClusterRequest request =
        new ClusterRequest(
            Methods.named(method).name(),
            input.options(),
            output,
            config,
            flags(),
            assignments,
            ExistingFlags.of(existing),
            keepStages);
    String name = "cluster " + method;
    return dryRun
        ? Work.inSession(name, spark -> new ClusterJob(spark, request).dryRun())
        : Work.resumable(name, spark -> new ClusterJob(spark, request).run());
  }

  private Map<String, Object> flags() {
    Map<String, Object> flags = new LinkedHashMap<>();
    flags.put("clusters", clusters);
    flags.put("seed", seed);
    flags.put("features", features);
    flags.put("final", last);
    return flags;
  }

  /** The methods, for the help text. */
  static final class MethodNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Methods.names().iterator();
    }
  }

  /** The presets, for the help text. */
  static final class PresetNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Presets.names().iterator();
    }
  }
}
