package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.imageclustering.spark.session.Storage;
import org.imageclustering.spark.spectral.SpectralEmbedding;

/** The last lines that a command prints about a run: counts, scores, the report. */
public final class Summary {
  private static final List<String> SCORES =
      List.of("acc", "nmi", "ari", "fscore", "purity", "silhouette");

  private static final String CLUSTER_COUNT =
      "/stages/" + SpectralEmbedding.GRAPH + "/measures/" + SpectralEmbedding.CLUSTER_COUNT;

  private Summary() {}

  /** Returns the lines: images and clusters, the scores that exist, the report's path. */
  public static List<String> of(Path run, Configuration hadoop) {
    Storage storage = Storage.of(run, hadoop);
    List<String> lines = new ArrayList<>();
    storage
        .readJson(new Path(run, "metrics.json"))
        .ifPresent(
            metrics -> {
              lines.add(
                  "%d images, %d clusters"
                      .formatted(
                          metrics.path("images").asLong(), metrics.path("clusters").asInt()));
              String scores = scores(metrics);
              if (!scores.isEmpty()) {
                lines.add(scores);
              }
            });
    storage
        .readJson(new Path(run, "run.json"))
        .map(json -> json.at(CLUSTER_COUNT).asText())
        .filter(text -> !text.isEmpty())
        .ifPresent(lines::add);
    Path report = storage.qualify(new Path(run, "report/index.html"));
    if (storage.exists(report)) {
      boolean isLocal = "file".equals(report.toUri().getScheme());
      lines.add("report: " + (isLocal ? report.toUri().getPath() : report));
    }
    return lines;
  }

  private static String scores(JsonNode metrics) {
    return String.join(
        ", ",
        SCORES.stream()
            .filter(name -> metrics.path(name).isNumber())
            .map(name -> String.format(Locale.ROOT, "%s %.4f", name, metrics.get(name).asDouble()))
            .toList());
  }
}
