package org.imageclustering.spark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.imageclustering.report.Figures;
import org.imageclustering.report.Section;
import org.imageclustering.report.TableSection;

/** The candidate partitions, the chosen one highlighted. */
final class CandidateTable {
  private static final List<String> SCORES = List.of("acc", "nmi", "ari");
  private static final List<String> HIDDEN = List.of("chosen", "position");
  private static final String TITLE = "Candidates";

  private CandidateTable() {}

  /**
   * Returns the method's own table of criteria, with the scores where there are labels.
   *
   * @param scores by the candidate's name
   */
  static Section ofCriteria(RunTable table, JsonNode scores) {
    List<String> criteria =
        table.columns().stream().filter(column -> !HIDDEN.contains(column)).toList();
    boolean hasScores = scores.findValue("acc") != null;
    List<String> columns =
        new ArrayList<>(criteria.stream().map(c -> c.replace('_', ' ')).toList());
    if (hasScores) {
      columns.addAll(List.of("ACC", "NMI", "ARI"));
    }
    List<List<String>> rows = new ArrayList<>();
    int chosen = -1;
    for (JsonNode row : table.rows()) {
      if (table.value(row, "chosen").asBoolean()) {
        chosen = rows.size();
      }
      List<String> cells = new ArrayList<>();
      criteria.forEach(column -> cells.add(Measures.text(table.value(row, column))));
      if (hasScores) {
        cells.addAll(scores(scores.path(table.value(row, "candidate").asText())));
      }
      rows.add(cells);
    }
    String intro =
        "Several partitions were made and ranked by a criterion that needs no labels; the highlighted one is the"
            + " best. The result is what the best ones voted (spectral.consensus says how many)."
            + (hasScores ? " The last columns were computed afterwards and chose nothing." : "");
    return new TableSection("candidates", TITLE, intro, columns, rows, chosen);
  }

  /** Returns the scores of the chosen partition and of every other one. */
  static Section ofScores(JsonNode metrics) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("the chosen one", metrics));
    metrics
        .path("candidates")
        .fields()
        .forEachRemaining(entry -> rows.add(row(entry.getKey(), entry.getValue())));
    return new TableSection(
        "candidates",
        TITLE,
        "The partition that was chosen, and every other one.",
        List.of("Candidate", "Clusters", "ACC", "NMI", "ARI"),
        rows,
        0);
  }

  private static List<String> row(String name, JsonNode partition) {
    List<String> cells = new ArrayList<>(List.of(name, partition.path("clusters").asText()));
    cells.addAll(scores(partition));
    return cells;
  }

  private static List<String> scores(JsonNode partition) {
    return SCORES.stream()
        .map(name -> Figures.score(partition.path(name).asDouble(Double.NaN)))
        .toList();
  }
}
