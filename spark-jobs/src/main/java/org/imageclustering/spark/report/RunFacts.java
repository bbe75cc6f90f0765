package org.imageclustering.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.imageclustering.report.Figures;
import org.imageclustering.report.Head;
import org.imageclustering.report.Head.Card;
import org.imageclustering.report.RunSection;
import org.imageclustering.report.RunSection.Stage;
import org.imageclustering.report.TextSection;
import org.imageclustering.report.TextSection.Command;
import org.imageclustering.spark.evaluate.RunFiles;

/** What {@code run.json} and {@code metrics.json} say, in the words of the page. */
final class RunFacts {
  private final RunFiles files;
  private final ObjectNode run;
  private final ObjectNode metrics;

  RunFacts(RunFiles files) {
    this.files = files;
    this.run = files.json("run.json").orElseGet(JsonNodeFactory.instance::objectNode);
    this.metrics = files.json("metrics.json").orElseGet(JsonNodeFactory.instance::objectNode);
  }

  /** Returns a text of {@code run.json}, or the empty text. */
  String text(String field) {
    return run.path(field).asText("");
  }

  ObjectNode metrics() {
    return metrics;
  }

  /**
   * Returns the top of the page.
   *
   * @param images in the assignments
   * @param note to be said before what the labels are
   */
  Head head(long images, int clusters, String note) {
    List<String> facts = new ArrayList<>();
    facts.add(Figures.count(images) + " images");
    facts.add(clusters + " clusters");
    if (!text("shape").isEmpty()) {
      facts.add(text("shape"));
    }
    if (run.path("seed").isNumber()) {
      facts.add("seed " + run.path("seed").asText());
    }
    double seconds = seconds();
    if (Double.isFinite(seconds)) {
      facts.add(Figures.duration(seconds));
    }
    return new Head(title(), facts, cards(), (note + " " + labelNote()).strip());
  }

  private String title() {
    String input = text("input").isEmpty() ? files.uri() : text("input");
    String method = text("method").isEmpty() ? "" : " by " + text("method");
    return "assign".equals(text("kind"))
        ? input + ", assigned" + method
        : input + ", clustered" + method;
  }

  private List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    add(cards, "ACC", "acc", "accuracy under the best one-to-one matching of clusters and labels");
    add(cards, "NMI", "nmi", "normalised mutual information" + nmiOthers());
    add(cards, "ARI", "ari", "adjusted Rand index: 0 by chance, 1 perfect");
    add(cards, "F", "fscore", "pairwise F-score: pairs of images put together rightly");
    add(cards, "Purity", "purity", "share of each cluster's most frequent label");
    add(cards, "Silhouette", "silhouette", silhouetteMeaning());
    return cards;
  }

  private void add(List<Card> cards, String name, String key, String meaning) {
    if (metrics.path(key).isNumber()) {
      cards.add(new Card(name, Figures.score(metrics.path(key).asDouble()), meaning));
    }
  }

  private String nmiOthers() {
    return metrics.path("nmiMax").isNumber()
        ? " by the arithmetic mean; max %s, sqrt %s"
            .formatted(
                Figures.score(metrics.path("nmiMax").asDouble()),
                Figures.score(metrics.path("nmiSqrt").asDouble()))
        : "";
  }

  private String silhouetteMeaning() {
    return "needs no labels; %s images, in the %s"
        .formatted(
            Figures.count(metrics.path("silhouetteImages").asLong()),
            metrics.path("silhouetteSpace").asText("features"));
  }

  private String labelNote() {
    if (!metrics.has("labelled")) {
      return "No labels were given, so there is no accuracy to report; the silhouette needs none.";
    }
    long unlabelled = metrics.path("unlabelled").asLong();
    String left =
        unlabelled > 0
            ? "; %s images without a label are left out of the scores"
                .formatted(Figures.count(unlabelled))
            : "";
    return "Labels served these scores and nothing else: the clustering never saw them%s."
        .formatted(left);
  }

  /** From the beginning to the end, or to now while the run's last stage is this page. */
  private double seconds() {
    if (text("started").isEmpty()) {
      return Double.NaN;
    }
    Instant end = text("ended").isEmpty() ? Instant.now() : Instant.parse(text("ended"));
    return Duration.between(Instant.parse(text("started")), end).toMillis() / 1e3;
  }

  /** Returns stages and settings. */
  RunSection section() {
    List<Stage> stages = new ArrayList<>();
    run.path("stages")
        .fields()
        .forEachRemaining(
            stage -> {
              if (stage.getValue().path("seconds").isNumber()) {
                stages.add(stage(stage.getKey(), stage.getValue()));
              }
            });
    Map<String, String> settings = new LinkedHashMap<>();
    flatten("", run.path("configuration"), settings);
    for (String other : List.of("seed", "clusters", "input", "dataset")) {
      if (!settings.containsKey(other) && run.has(other)) {
        settings.put(other, text(other));
      }
    }
    flatten("versions.", run.path("versions"), settings);
    return new RunSection(stages, settings);
  }

  private static Stage stage(String name, JsonNode json) {
    StringJoiner measures = new StringJoiner(" · ");
    if (json.path("rows").isNumber()) {
      measures.add(Figures.count(json.path("rows").asLong()) + " rows");
    }
    json.path("measures")
        .fields()
        .forEachRemaining(m -> measures.add(m.getKey() + " " + Measures.text(m.getValue())));
    return new Stage(
        name, json.path("state").asText(""), json.path("seconds").asDouble(), measures.toString());
  }

  private static void flatten(String prefix, JsonNode json, Map<String, String> flat) {
    json.fields()
        .forEachRemaining(
            entry -> {
              if (entry.getValue().isObject()) {
                flatten(prefix + entry.getKey() + ".", entry.getValue(), flat);
              } else {
                flat.put(prefix + entry.getKey(), Measures.text(entry.getValue()));
              }
            });
  }

  /** Returns the commands that make this run again. */
  TextSection reproduce() {
    List<Command> commands = new ArrayList<>();
    if (!"assign".equals(text("kind")) && !text("method").isEmpty()) {
      commands.add(
          new Command(
              "The same clusters again, with the settings above:",
              "submit-scripts/submit.sh cluster %s --input %s --clusters %s --seed %s --output NEW_RUN"
                  .formatted(
                      text("method"),
                      quoted(text("input")),
                      text("clusters"),
                      run.path("seed").asText("1"))));
      commands.add(
          new Command(
              "Other images, by the model of this run:",
              "submit-scripts/submit.sh assign --run %s --input IMAGES --output NEW_RUN"
                  .formatted(quoted(files.uri()))));
    }
    commands.add(
        new Command(
            "The scores and this page again:",
            "submit-scripts/submit.sh evaluate --run %1$s && submit-scripts/submit.sh report --run %1$s"
                .formatted(quoted(files.uri()))));
    return new TextSection(
        "reproduce",
        "Again",
        "The same seed gives the same clusters on any number of cores; what differs from the defaults is in run.json.",
        commands);
  }

  /** Quotes a word for a shell where it needs it. */
  private static String quoted(String word) {
    return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
