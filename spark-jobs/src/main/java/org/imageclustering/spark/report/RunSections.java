package org.imageclustering.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.imageclustering.data.PixelImage;
import org.imageclustering.report.ClusterCountSection;
import org.imageclustering.report.ConfusionSection;
import org.imageclustering.report.EigenvalueSection;
import org.imageclustering.report.EigenvalueSection.Curve;
import org.imageclustering.report.EigenvalueSection.Layer;
import org.imageclustering.report.Figures;
import org.imageclustering.report.GallerySection;
import org.imageclustering.report.LearningSection;
import org.imageclustering.report.Section;
import org.imageclustering.report.TableSection;
import org.imageclustering.spark.evaluate.RunFiles;

/** The sections that come from small files of the run; each is there if its file is. */
final class RunSections {
  private static final int REASONS = 20;
  private static final String CHANGED =
      " Changed: share of the images in another cluster than an epoch before.";
  private static final String OF_CENTRES =
      "Loss: mean of an image. Distance: mean squared distance of a code to its centre. Spread: root mean variance of the codes' entries."
          + CHANGED;
  private static final String OF_PAIRS =
      "Loss: alpha times the reconstruction's and beta times the pairs'. Upper and lower: the thresholds of the similarity, which xi moves. Positive and negative pairs: shares of all pairs that the thresholds select after the epoch, and their mean loss. Confidence: mean of the largest softmax value."
          + CHANGED;

  private final RunFiles run;
  private final ObjectNode metrics;

  RunSections(RunFiles run, ObjectNode metrics) {
    this.run = run;
    this.metrics = metrics;
  }

  /** Returns the heat map of labels and clusters. */
  Optional<Section> confusion() {
    JsonNode confusion = metrics.path("confusion");
    if (confusion.path("labels").isEmpty()) {
      return Optional.empty();
    }
    List<String> labels = texts(confusion.path("labels"));
    List<Integer> labelOf = new ArrayList<>();
    confusion
        .path("matched")
        .forEach(label -> labelOf.add(label.isNull() ? -1 : labels.indexOf(label.asText())));
    List<List<Long>> counts = new ArrayList<>();
    for (JsonNode row : confusion.path("counts")) {
      List<Long> numbers = new ArrayList<>();
      row.forEach(number -> numbers.add(number.asLong()));
      counts.add(numbers);
    }
    return Optional.of(
        new ConfusionSection(labels, texts(confusion.path("clusters")), labelOf, counts));
  }

  /** Returns what to say of each cluster's labels: the most frequent one and its share. */
  Map<Integer, String> labelsOfClusters() {
    JsonNode confusion = metrics.path("confusion");
    Map<Integer, String> texts = new HashMap<>();
    for (int column = 0; column < confusion.path("clusters").size(); column++) {
      long most = 0;
      long all = 0;
      String label = "";
      for (int row = 0; row < confusion.path("labels").size(); row++) {
        long number = confusion.path("counts").path(row).path(column).asLong();
        all += number;
        if (number > most) {
          most = number;
          label = confusion.path("labels").path(row).asText();
        }
      }
      texts.put(
          confusion.path("clusters").path(column).asInt(),
          "mostly %s (%s)".formatted(label, Figures.percent(most / (double) all)));
    }
    return texts;
  }

  /** Returns the first layer's visual patterns, as in SA-Net's Fig. 5. */
  Optional<Section> patterns() {
    return gallery(
        "patterns",
        "Visual patterns",
        "pattern",
        "layer",
        "Centres of the patches' spectral features, as the mean patch that belongs to each (SA-Net, Fig. 5); grey is the patch's mean.");
  }

  /** Returns the centres of the clusters as images. */
  Optional<Section> centres() {
    return gallery(
        "centres",
        "Centres",
        "cluster",
        "",
        "The centres that the clusters were made around, as images.");
  }

  /** Returns the kernels of a decoder as pictures (winner-take-all co-clustering, Fig. 3). */
  Optional<Section> kernels() {
    return gallery(
        "kernels",
        "Kernels",
        "map",
        "",
        "What each map of the network paints: the kernels of its decoder, each scaled by its largest weight; grey is 0.");
  }

  /** Returns images and what the autoencoder makes of them (DCAE, Fig. 3). */
  Optional<Section> reconstructions() {
    return RunTable.read(run, "reconstructions")
        .map(
            table -> {
              List<GallerySection.Row> rows = new ArrayList<>();
              table
                  .by("kind")
                  .forEach(
                      (kind, members) -> {
                        List<PixelImage> pictures = members.stream().map(table::image).toList();
                        List<String> names =
                            IntStream.range(0, pictures.size())
                                .mapToObj(i -> kind + " " + i)
                                .toList();
                        rows.add(new GallerySection.Row(kind + "s", names, pictures));
                      });
              return new GallerySection(
                  "reconstructions",
                  "Reconstructions",
                  "Some images, and below each what is decoded from its code.",
                  rows);
            });
  }

  /** Returns how the network learned, epoch by epoch. */
  Optional<Section> learning() {
    return RunTable.read(run, "learning")
        .map(
            table -> {
              List<LearningSection.Figure> figures = new ArrayList<>();
              for (String column : table.columns().subList(1, table.columns().size())) {
                List<Double> values = new ArrayList<>();
                table
                    .rows()
                    .forEach(row -> values.add(table.value(row, column).asDouble(Double.NaN)));
                figures.add(new LearningSection.Figure(column, values));
              }
              return new LearningSection(
                  table.columns().contains("xi") ? OF_PAIRS : OF_CENTRES, figures);
            });
  }

  private Optional<Section> gallery(
      String name, String title, String word, String groupColumn, String intro) {
    return RunTable.read(run, name)
        .map(
            table -> {
              List<GallerySection.Row> rows = new ArrayList<>();
              table
                  .by(groupColumn)
                  .forEach(
                      (group, members) -> {
                        List<PixelImage> pictures = members.stream().map(table::image).toList();
                        List<String> names =
                            IntStream.range(0, pictures.size())
                                .mapToObj(i -> word + " " + i)
                                .toList();
                        String heading = groupColumn.isEmpty() ? "By " + word : "Layer " + group;
                        rows.add(new GallerySection.Row(heading, names, pictures));
                      });
              return new GallerySection(name, title, intro, rows);
            });
  }

  /** Returns the eigenvalues of every layer and procedure. */
  Optional<Section> eigenvalues() {
    return RunTable.read(run, "eigenvalues")
        .map(
            table -> {
              Map<String, List<JsonNode>> byLayer = table.by("layer");
              List<Layer> layers = new ArrayList<>();
              byLayer.forEach((layer, rows) -> layers.add(layer(table, layer, rows)));
              return new EigenvalueSection(
                  "Eigenvalues of each graph in the order of their vectors; a gap says how many groups the graph has.",
                  layers);
            });
  }

  private static Layer layer(RunTable table, String name, List<JsonNode> rows) {
    Map<String, List<Double>> values = new java.util.LinkedHashMap<>();
    Map<String, List<Double>> residuals = new HashMap<>();
    for (JsonNode row : rows) {
      String procedure = table.value(row, "procedure").asText();
      values
          .computeIfAbsent(procedure, key -> new ArrayList<>())
          .add(table.value(row, "value").asDouble());
      JsonNode residual = table.value(row, "residual");
      if (residual.isNumber()) {
        residuals.computeIfAbsent(procedure, key -> new ArrayList<>()).add(residual.asDouble());
      }
    }
    List<Curve> curves = new ArrayList<>();
    values.forEach(
        (procedure, list) ->
            curves.add(new Curve(procedure, list, residuals.getOrDefault(procedure, List.of()))));
    return new Layer(name, curves);
  }

  /** Returns how the number of clusters was found, where it was not given. */
  Optional<Section> clusterCount() {
    String explanation =
        run.json("run.json")
            .map(json -> json.at("/stages/last-step-graph/measures/number of clusters").asText())
            .orElse("");
    return RunTable.read(run, "cluster-counts")
        .map(
            table ->
                new ClusterCountSection(
                    explanation, table.rows().stream().map(row -> point(table, row)).toList()));
  }

  private static ClusterCountSection.Point point(RunTable table, JsonNode row) {
    return new ClusterCountSection.Point(
        table.value(row, "clusters").asInt(),
        table.value(row, "modularity").asDouble(),
        table.value(row, "gain").asDouble(),
        table.value(row, "eigenvalue_gap").asDouble(Double.NaN),
        table.value(row, "chosen").asBoolean());
  }

  /** Returns every candidate partition with its criteria and, with labels, its scores. */
  Optional<Section> candidates() {
    Optional<RunTable> table = RunTable.read(run, "candidates");
    if (table.isPresent()) {
      return Optional.of(CandidateTable.ofCriteria(table.get(), metrics.path("candidates")));
    }
    return metrics.path("candidates").isEmpty()
        ? Optional.empty()
        : Optional.of(CandidateTable.ofScores(metrics));
  }

  /** Returns how many files were rejected for which reasons; 20 reasons reach the driver. */
  Optional<Section> rejected() {
    if (!run.exists("rejected")) {
      return Optional.empty();
    }
    List<Row> reasons =
        run.table("rejected")
            .groupBy("reason")
            .agg(count(lit(1)).as("files"), min("origin").as("example"))
            .orderBy(col("files").desc(), col("reason"))
            .limit(REASONS)
            .collectAsList();
    if (reasons.isEmpty()) {
      return Optional.empty();
    }
    List<List<String>> rows = new ArrayList<>();
    for (Row row : reasons) {
      rows.add(List.of(Figures.count(row.getLong(1)), text(row, 0), text(row, 2)));
    }
    String intro =
        "%s inputs could not be used; the %d most frequent reasons. All of them are in rejected/."
            .formatted(Figures.count(run.table("rejected").count()), rows.size());
    return Optional.of(
        new TableSection(
            "rejected", "Rejected", intro, List.of("Files", "Reason", "For example"), rows, -1));
  }

  private static String text(Row row, int column) {
    return row.isNullAt(column) ? "" : row.getString(column);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(entry -> texts.add(entry.asText()));
    return texts;
  }
}
