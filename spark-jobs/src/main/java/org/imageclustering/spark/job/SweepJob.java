package org.imageclustering.spark.job;

import static org.imageclustering.spark.spectral.SpectralEmbedding.MODULARITY;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.session.Storage;
import org.imageclustering.spark.spectral.SpectralEmbedding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code sweep}: one run for every combination of some options' values, and a table of their
 * scores. The runs stand below the sweep's directory and are run directories like any other, so a
 * sweep that was stopped does what is left. A raw input is prepared once.
 */
public final class SweepJob {
  private static final Logger LOG = LoggerFactory.getLogger(SweepJob.class);

  /** Runs of one sweep; more is a slip of the keyboard. */
  private static final int MOST_RUNS = 1000;

  private final SparkSession spark;
  private final ClusterRequest common;
  private final List<SweepAxis> axes;

  /**
   * Reads the request.
   *
   * @throws UserException if an axis cannot be read, comes twice, or there are too many runs
   */
  public SweepJob(SparkSession spark, SweepRequest request) {
    this(spark, request.run(), request.over().stream().map(SweepAxis::parse).toList());
  }

  SweepJob(SparkSession spark, ClusterRequest common, List<SweepAxis> axes) {
    this.spark = spark;
    this.common = common;
    this.axes = axes;
    long runs = 1;
    for (SweepAxis axis : axes) {
      runs = Math.min(Integer.MAX_VALUE, runs * axis.values().size());
    }
    if (runs > MOST_RUNS) {
      throw new UserException(
          "Cannot sweep: found %d combinations of --over, expected at most %d"
              .formatted(runs, MOST_RUNS));
    }
    if (axes.stream().map(SweepAxis::key).distinct().count() < axes.size()) {
      throw new UserException("Cannot sweep: found a key of --over twice, expected each once");
    }
  }

  /**
   * Runs every combination, the last axis fastest. A combination that its options or data forbid
   * becomes a row of the table with its message, and the others go on.
   *
   * @return the lines to print
   * @throws UserException after the last run, if some failed
   */
  public List<String> run() {
    List<Map<String, String>> combinations = combinations();
    combinations.forEach(this::check);
    InputOptions input = prepared();
    List<SweepSummary.Line> lines = new ArrayList<>();
    for (Map<String, String> values : combinations) {
      LOG.info("Sweep: run {} of {}, {}", lines.size() + 1, combinations.size(), values);
      lines.add(one(input, values));
      new SweepSummary(common.method(), axes, lines).write(storage(), output());
    }
    List<SweepSummary.Line> failed = lines.stream().filter(line -> line.error() != null).toList();
    if (!failed.isEmpty()) {
      throw new UserException(
          "Cannot finish the sweep: found %d of %d runs failed, the first, %s, with: %s (the others are in %s)"
              .formatted(
                  failed.size(),
                  lines.size(),
                  failed.get(0).run(),
                  failed.get(0).error(),
                  new Path(output(), "summary.csv")));
    }
    return summary(lines.size());
  }

  private List<String> summary(int runs) {
    Path page = storage().qualify(new Path(output(), "index.html"));
    boolean isLocal = "file".equals(page.toUri().getScheme());
    return List.of(
        String.format(Locale.ROOT, "%d runs", runs),
        "summary: " + (isLocal ? page.toUri().getPath() : page));
  }

  /** Finds a key or value that does not exist before the first run. */
  private void check(Map<String, String> values) {
    new ClusterJob(spark, request(common.input(), values));
  }

  private SweepSummary.Line one(InputOptions input, Map<String, String> values) {
    ClusterRequest request = request(input, values);
    String name = new Path(request.output()).getName();
    try {
      new ClusterJob(spark, request).run();
    } catch (UserException e) {
      LOG.warn("Sweep: run {} failed: {}", name, e.getMessage());
      return new SweepSummary.Line(name, values, new HashMap<>(), e.getMessage());
    }
    return new SweepSummary.Line(name, values, scores(new Path(request.output())), null);
  }

  private Map<String, Double> scores(Path run) {
    Map<String, Double> scores = new HashMap<>();
    ObjectNode metrics =
        storage()
            .readJson(new Path(run, "metrics.json"))
            .orElseThrow(() -> new IllegalStateException("no metrics.json in " + run));
    for (String name : SweepSummary.SCORES) {
      if (metrics.path(name).isNumber()) {
        scores.put(name, metrics.get(name).asDouble());
      }
    }
    double seconds = 0;
    RunRecord record = RunDirectory.readFinished(run.toString(), hadoop());
    JsonNode stages = record.value("stages");
    for (JsonNode stage : stages) {
      seconds += stage.path("seconds").asDouble();
    }
    scores.put(SweepSummary.SECONDS, seconds);
    JsonNode modularity = stages.path(SpectralEmbedding.GRAPH).path("measures").path(MODULARITY);
    if (modularity.isNumber()) {
      scores.put(MODULARITY, modularity.asDouble());
    }
    return scores;
  }

  private ClusterRequest request(InputOptions input, Map<String, String> values) {
    String preset = values.getOrDefault(SweepAxis.PRESET, common.preset());
    List<String> assignments = new ArrayList<>(common.assignments());
    List<String> name = new ArrayList<>();
    for (SweepAxis axis : axes) {
      String value = values.get(axis.key());
      name.add(axis.nameOf(value));
      assignments.addAll(axis.assignments(value));
    }
    return new ClusterRequest(
        common.method(),
        input,
        new Path(output(), String.join(",", name)).toString(),
        preset,
        common.flags(),
        assignments,
        common.existing(),
        common.keepStages());
  }

  private List<Map<String, String>> combinations() {
    List<Map<String, String>> all = new ArrayList<>();
    all.add(new LinkedHashMap<>());
    for (SweepAxis axis : axes) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> one : all) {
        for (String value : axis.values()) {
          Map<String, String> with = new LinkedHashMap<>(one);
          with.put(axis.key(), value);
          longer.add(with);
        }
      }
      all = longer;
    }
    return all;
  }

  /** Prepares a raw input below the sweep's directory, unless an earlier call has. */
  private InputOptions prepared() {
    if (Inputs.dataset(spark, common.input()).isPresent()) {
      return common.input();
    }
    String dataset = new Path(output(), "dataset").toString();
    if (ImageDataset.isDataset(spark, dataset)
        && !ImageDataset.open(spark, dataset)
            .fingerprint()
            .equals(Inputs.fingerprint(spark, common.input()))) {
      throw new UserException(
          "Cannot sweep into '%s': found the images of another input in %s, expected the same --input or a new directory"
              .formatted(output(), dataset));
    }
    if (!ImageDataset.isDataset(spark, dataset)) {
      Inputs.prepare(spark, common.input(), dataset);
    }
    return InputOptions.of(dataset);
  }

  private Path output() {
    return Storage.path("--output", common.output());
  }

  private Storage storage() {
    return Storage.of(output(), hadoop());
  }

  private Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }
}
