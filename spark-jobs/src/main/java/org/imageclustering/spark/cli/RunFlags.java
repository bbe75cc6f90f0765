package org.imageclustering.spark.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imageclustering.UserException;
import org.imageclustering.spark.job.ClusterRequest;
import org.imageclustering.spark.job.Methods;
import org.imageclustering.spark.settings.Presets;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code cluster} and {@code sweep} share: the method, its input and its configuration. */
final class RunFlags {
  @Parameters(
      index = "0",
      paramLabel = "METHOD",
      completionCandidates = MethodNames.class,
      description = "one of ${COMPLETION-CANDIDATES}")
  private String method;

  @Mixin private InputFlags input;

  @Option(
      names = "--clusters",
      paramLabel = "K|auto",
      description =
          "number of clusters, at least 2, or auto: a suggestion (spectral last step); key: clusters")
  private String clusters;

  @Option(names = "--seed", paramLabel = "N", description = "key: seed")
  private Long seed;

  @Option(
      names = "--features",
      paramLabel = "NAME",
      description =
          "how an image enters the method: auto, pixels, pca, hog, views, column or edges; key: features")
  private String features;

  @Option(
      names = "--final",
      paramLabel = "NAME",
      description = "the last step: auto, own, k-means, spectral or svm; key: final")
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

  /** Returns the method's name as it was given. */
  String method() {
    return method;
  }

  /**
   * Returns the checked request.
   *
   * @throws org.imageclustering.UserException naming the option that has an impossible value
   */
  ClusterRequest request(String output) {
    return new ClusterRequest(
        Methods.named(method).name(),
        input.options(),
        output,
        config,
        flags(),
        assignments,
        ExistingFlags.of(existing),
        keepStages);
  }

  private Map<String, Object> flags() {
    Map<String, Object> flags = new LinkedHashMap<>();
    flags.put("clusters", numberOr(clusters));
    flags.put("seed", seed);
    flags.put("features", features);
    flags.put("final", last);
    return flags;
  }

  /** Returns the number of clusters, or the word {@code auto}, or null where there is no flag. */
  private static Object numberOr(String clusters) {
    if (clusters == null || clusters.equals("auto")) {
      return clusters;
    }
    try {
      return Integer.valueOf(clusters);
    } catch (NumberFormatException e) {
      throw new UserException(
          "Cannot use --clusters %s: expected a whole number, at least 2, or auto"
              .formatted(clusters),
          e);
    }
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
