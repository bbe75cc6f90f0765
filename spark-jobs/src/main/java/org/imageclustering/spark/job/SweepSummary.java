package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.imageclustering.report.Head;
import org.imageclustering.report.LineSection;
import org.imageclustering.report.Page;
import org.imageclustering.report.Section;
import org.imageclustering.report.TableSection;
import org.imageclustering.spark.session.Storage;
import org.imageclustering.spark.spectral.SpectralEmbedding;

/**
 * The scores of a sweep's runs: {@code summary.json}, {@code summary.csv} and {@code index.html}
 * (the table, the mean over seeds where the seed was varied, and a plot over the last option).
 */
record SweepSummary(String method, List<SweepAxis> axes, List<Line> lines) {
  /** The scores that are shown, as {@code metrics.json} and the last step name them. */
  static final List<String> SCORES =
      List.of("acc", "nmi", "ari", "fscore", "purity", "silhouette", SpectralEmbedding.MODULARITY);

  static final String SECONDS = "seconds";
  private static final String SEED = "seed";

  /** Of the scores, those that are plotted where they exist. */
  private static final List<String> PLOTTED =
      List.of("acc", "nmi", "silhouette", SpectralEmbedding.MODULARITY);

  /**
   * One run.
   *
   * @param run the name of its directory
   * @param values the value of each key
   * @param scores those that the run has, and its seconds
   * @param error what kept it from its end, or null
   */
  record Line(String run, Map<String, String> values, Map<String, Double> scores, String error) {}

  void write(Storage storage, Path directory) {
    storage.replaceJson(new Path(directory, "summary.json"), json());
    storage.replace(new Path(directory, "summary.csv"), csv().getBytes(StandardCharsets.UTF_8));
    storage.replace(
        new Path(directory, "index.html"), page().html().getBytes(StandardCharsets.UTF_8));
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("run"));
    axes.forEach(axis -> columns.add(axis.key()));
    for (String score : SCORES) {
      if (lines.stream().anyMatch(line -> line.scores().containsKey(score))) {
        columns.add(score);
      }
    }
    columns.add(SECONDS);
    if (lines.stream().anyMatch(line -> line.error() != null)) {
      columns.add("error");
    }
    return columns;
  }

  private static Object cell(Line line, String column) {
    if (column.equals("run")) {
      return line.run();
    }
    if (column.equals("error")) {
      return line.error();
    }
    return line.values().containsKey(column)
        ? line.values().get(column)
        : line.scores().get(column);
  }

  private ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("method", method);
    ArrayNode columns = json.putArray("columns");
    columns().forEach(columns::add);
    ArrayNode rows = json.putArray("rows");
    for (Line line : lines) {
      ArrayNode row = rows.addArray();
      columns().forEach(column -> row.addPOJO(cell(line, column)));
    }
    return json;
  }

  private String csv() {
    List<List<Object>> rows = new ArrayList<>();
    for (Line line : lines) {
      List<Object> row = new ArrayList<>();
      columns().forEach(column -> row.add(cell(line, column)));
      rows.add(row);
    }
    return Tables.csv(columns(), rows);
  }

  private Page page() {
    List<Section> sections = new ArrayList<>();
    sections.add(plot());
    boolean overSeeds = axes.stream().anyMatch(axis -> axis.key().equals(SEED));
    if (overSeeds) {
      sections.add(means());
    }
    sections.add(
        new TableSection(
            "runs",
            "Runs",
            "One row a run; each is a run directory of that name below this one.",
            columns(),
            lines.stream().map(this::texts).toList(),
            -1));
    Head head =
        new Head(
            "Sweep of " + method,
            List.of(lines.size() + " runs", "over " + keys()),
            List.of(),
            "Scores against labels describe; they chose nothing.");
    return new Page(head, sections, "Image Clustering on Apache Spark");
  }

  private String keys() {
    return axes.stream().map(SweepAxis::key).collect(Collectors.joining(", "));
  }

  private List<String> texts(Line line) {
    return columns().stream().map(column -> text(column, cell(line, column))).toList();
  }

  private static String text(String column, Object value) {
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, column.equals(SECONDS) ? "%.1f" : "%.4f", number);
    }
    return value == null ? "–" : value.toString();
  }

  /** The runs that differ in the seed alone, by their other values. */
  private Map<List<String>, List<Line>> groups() {
    Map<List<String>, List<Line>> groups = new LinkedHashMap<>();
    for (Line line : lines) {
      groups.computeIfAbsent(others(line, SEED), key -> new ArrayList<>()).add(line);
    }
    return groups;
  }

  /** Returns a run's values but that of one key, and the seed. */
  private List<String> others(Line line, String without) {
    return otherAxes(without).map(axis -> line.values().get(axis.key())).toList();
  }

  private String label(List<String> others, String without) {
    List<SweepAxis> named = otherAxes(without).toList();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < named.size(); i++) {
      labels.add(named.get(i).labelOf(others.get(i)));
    }
    return labels.isEmpty() ? "all" : String.join(", ", labels);
  }

  private Stream<SweepAxis> otherAxes(String without) {
    return axes.stream().filter(axis -> !axis.key().equals(without) && !axis.key().equals(SEED));
  }

  private TableSection means() {
    List<String> scores =
        columns().stream().filter(c -> SCORES.contains(c) || c.equals(SECONDS)).toList();
    List<String> columns = new ArrayList<>(List.of("options", "runs"));
    columns.addAll(scores);
    List<List<String>> rows = new ArrayList<>();
    groups()
        .forEach(
            (others, group) -> {
              List<String> row =
                  new ArrayList<>(List.of(label(others, SEED), Integer.toString(group.size())));
              scores.forEach(score -> row.add(meanAndDeviation(group, score)));
              rows.add(row);
            });
    return new TableSection(
        "seeds", "Over seeds", "Mean ± standard deviation (n - 1).", columns, rows, -1);
  }

  static String meanAndDeviation(List<Line> group, String score) {
    double[] values =
        group.stream()
            .map(line -> line.scores().get(score))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    if (values.length == 0) {
      return "–";
    }
    double mean = mean(values);
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    String format = score.equals(SECONDS) ? "%.1f" : "%.4f";
    return values.length == 1
        ? String.format(Locale.ROOT, format, mean)
        : String.format(
            Locale.ROOT, format + " ± " + format, mean, Math.sqrt(squares / (values.length - 1)));
  }

  private static double mean(double[] values) {
    return java.util.Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** One chart a score, over the values of the last axis; one curve for the others' values. */
  private LineSection plot() {
    SweepAxis last =
        axes.stream()
            .filter(axis -> !axis.key().equals(SEED))
            .reduce((a, b) -> b)
            .orElse(axes.get(axes.size() - 1));
    List<LineSection.Chart> charts = new ArrayList<>();
    for (String score : PLOTTED) {
      if (columns().contains(score)) {
        charts.add(new LineSection.Chart(score, last.key(), last.values(), curves(last, score)));
      }
    }
    return new LineSection("plot", "Plot", "Means where several seeds were run.", charts);
  }

  private List<LineSection.Curve> curves(SweepAxis last, String score) {
    return lines.stream()
        .map(line -> others(line, last.key()))
        .distinct()
        .map(
            others -> new LineSection.Curve(label(others, last.key()), values(last, score, others)))
        .toList();
  }

  private List<Double> values(SweepAxis last, String score, List<String> others) {
    List<Double> values = new ArrayList<>();
    for (String value : last.values()) {
      values.add(
          mean(
              lines.stream()
                  .filter(line -> others(line, last.key()).equals(others))
                  .filter(line -> value.equals(line.values().get(last.key())))
                  .map(line -> line.scores().get(score))
                  .filter(Objects::nonNull)
                  .mapToDouble(Double::doubleValue)
                  .toArray()));
    }
    return values;
  }
}
