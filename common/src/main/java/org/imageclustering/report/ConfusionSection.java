package org.imageclustering.report;

import java.util.List;
import java.util.Locale;

/**
 * Labels against clusters as a heat map. The clusters stand in the order of the labels that they
 * are matched with, so that agreement lies on the diagonal.
 *
 * @param labels the rows
 * @param clusters the columns, the matched ones first
 * @param labelOf the row that each column is matched with, or -1 if it stays alone
 * @param counts one list a label, one entry a cluster
 */
public record ConfusionSection(
    List<String> labels, List<String> clusters, List<Integer> labelOf, List<List<Long>> counts)
    implements Section {
  private static final int MAXIMUM_CELLS = 40_000;
  private static final int MAXIMUM_COLUMNS_WITH_NUMBERS = 32;

  /** Copies the lists. */
  public ConfusionSection {
    labels = List.copyOf(labels);
    clusters = List.copyOf(clusters);
    labelOf = List.copyOf(labelOf);
    counts = List.copyOf(counts);
  }

  @Override
  public String id() {
    return "confusion";
  }

  @Override
  public String title() {
    return "Labels against clusters";
  }

  @Override
  public void write(PageWriter page) {
    HtmlWriter html = page.html();
    if ((long) labels.size() * clusters.size() > MAXIMUM_CELLS) {
      html.leaf(
          "p",
          "%d labels and %d clusters are too many to draw; metrics.json has the counts."
              .formatted(labels.size(), clusters.size()));
      return;
    }
    html.leaf("p", intro(), "class", "muted");
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", title());
    boolean dense = clusters.size() > MAXIMUM_COLUMNS_WITH_NUMBERS;
    html.open("table", "class", dense ? "heat dense" : "heat");
    writeHead(html);
    html.open("tbody");
    for (int row = 0; row < labels.size(); row++) {
      writeRow(html, row, dense);
    }
    html.close().close().close();
  }

  private String intro() {
    String alone =
        labelOf.stream().noneMatch(label -> label < 0)
            ? ""
            : " Clusters right of the gap have no label of their own: there are more of them than"
                + " labels.";
    return "Each row is a label, each column a cluster; the colour is the share of the label's"
        + " images. The outlined cells are the best one-to-one matching, which the accuracy counts."
        + alone;
  }

  private void writeHead(HtmlWriter html) {
    html.open("thead").open("tr").leaf("th", "label \\ cluster", "scope", "col");
    for (int column = 0; column < clusters.size(); column++) {
      html.leaf("th", clusters.get(column), "scope", "col", "class", side(column));
    }
    html.leaf("th", "images", "scope", "col", "class", "total").close().close();
  }

  private void writeRow(HtmlWriter html, int row, boolean dense) {
    long total = 0;
    for (long count : counts.get(row)) {
      total += count;
    }
    html.open("tr").leaf("th", labels.get(row), "scope", "row");
    for (int column = 0; column < clusters.size(); column++) {
      writeCell(html, row, column, total, dense);
    }
    html.leaf("td", Figures.count(total), "class", "total").close();
  }

  private void writeCell(HtmlWriter html, int row, int column, long total, boolean dense) {
    long count = counts.get(row).get(column);
    if (count == 0) {
      html.leaf("td", "", "class", classes(row, column));
      return;
    }
    double share = count / (double) total;
    html.leaf(
        "td",
        dense ? "" : Figures.count(count),
        "class",
        classes(row, column),
        "style",
        String.format(Locale.ROOT, "--a:%.3f", Math.sqrt(share)),
        "title",
        "%s images of label %s in cluster %s (%s)"
            .formatted(
                Figures.count(count),
                labels.get(row),
                clusters.get(column),
                Figures.percent(share)));
  }

  private String classes(int row, int column) {
    String agreeing = labelOf.get(column) == row ? " own" : "";
    return side(column) + agreeing;
  }

  private String side(int column) {
    boolean firstAlone = column > 0 && labelOf.get(column) < 0 && labelOf.get(column - 1) >= 0;
    return firstAlone ? "c first-alone" : "c";
  }
}
