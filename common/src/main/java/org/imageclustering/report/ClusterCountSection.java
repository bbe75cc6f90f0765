package org.imageclustering.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How the number of clusters was found: the modularity's curve over it, what each cluster more
 * adds, and the gaps of the eigenvalues.
 *
 * @param explanation what was chosen and how sure that is
 * @param points by the number of clusters, ascending
 */
public record ClusterCountSection(String explanation, List<Point> points) implements Section {
  private static final List<String> HEADINGS =
      List.of("Clusters", "Modularity", "Gain", "Gap of the eigenvalues");

  /** Copies the list. */
  public ClusterCountSection {
    points = List.copyOf(points);
  }

  /**
   * One number of clusters.
   *
   * @param modularity the largest that was found
   * @param gain what the last cluster adds: 1 for one of as many equal groups, about 1/2 for
   *     halving one
   * @param eigenvalueGap between this eigenvalue and the next; NaN where it is not known
   * @param chosen whether the run has this number
   */
  public record Point(
      int clusters, double modularity, double gain, double eigenvalueGap, boolean chosen) {}

  @Override
  public String id() {
    return "cluster-count";
  }

  @Override
  public String title() {
    return "Number of clusters";
  }

  @Override
  public void write(PageWriter page) {
    HtmlWriter html = page.html();
    html.leaf("p", explanation + ".");
    html.leaf(
        "p",
        "Labels had no part in it. A gain of 1 is what one cluster more adds to as many equal groups; halving a group adds about one half.",
        "class",
        "muted");
    html.open("div", "class", "charts");
    addChart(page, "Modularity", Point::modularity);
    addChart(page, "Gain of one cluster more", Point::gain);
    addChart(page, "Gap of the eigenvalues", Point::eigenvalueGap);
    html.close();
    writeNumbers(html);
  }

  private void addChart(PageWriter page, String name, ToDoubleFunction<Point> value) {
    ObjectNode chart = page.addLines(name + " over the number of clusters", name);
    ArrayNode series = chart.putObject("series").putArray(name);
    for (Point point : points) {
      if (Double.isFinite(value.applyAsDouble(point))) {
        series.addArray().add(point.clusters()).add(value.applyAsDouble(point));
      }
    }
  }

  private void writeNumbers(HtmlWriter html) {
    html.open("details").leaf("summary", "Numbers");
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", title());
    html.open("table").open("thead").open("tr");
    for (String heading : HEADINGS) {
      html.leaf("th", heading, "scope", "col", "class", "number");
    }
    html.close().close().open("tbody");
    for (Point point : points) {
      html.open("tr");
      cell(html, point.clusters() + (point.chosen() ? " (chosen)" : ""));
      cell(html, decimal(point.modularity()));
      cell(html, decimal(point.gain()));
      cell(html, decimal(point.eigenvalueGap()));
      html.close();
    }
    html.close().close().close().close();
  }

  private static void cell(HtmlWriter html, String text) {
    html.leaf("td", text, "class", "number");
  }

  private static String decimal(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "–";
  }
}
