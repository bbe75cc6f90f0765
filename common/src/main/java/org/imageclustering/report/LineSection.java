package org.imageclustering.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Charts of curves, each with a line of explanation of its own.
 *
 * @param intro what the curves say; may be empty
 */
public record LineSection(String id, String title, String intro, List<Chart> charts)
    implements Section {
  /** Copies the list. */
  public LineSection {
    charts = List.copyOf(charts);
  }

  /**
   * One chart.
   *
   * @param x the name of the horizontal axis
   * @param labels of the positions on the horizontal axis, in their order
   */
  public record Chart(String name, String x, List<String> labels, List<Curve> curves) {
    /** Copies the lists. */
    public Chart {
      labels = List.copyOf(labels);
      curves = List.copyOf(curves);
    }
  }

  /**
   * One curve.
   *
   * @param values one for each label; NaN leaves a gap
   */
  public record Curve(String name, List<Double> values) {
    /** Copies the list. */
    public Curve {
      values = List.copyOf(values);
    }
  }

  @Override
  public void write(PageWriter page) {
    HtmlWriter html = page.html();
    if (!intro.isEmpty()) {
      html.leaf("p", intro, "class", "muted");
    }
    html.open("div", "class", "charts");
    for (Chart chart : charts) {
      ObjectNode data = page.addLines(chart.name(), chart.name());
      data.put("x", chart.x());
      ArrayNode labels = data.putArray("labels");
      chart.labels().forEach(labels::add);
      ObjectNode series = data.putObject("series");
      for (Curve curve : chart.curves()) {
        ArrayNode points = series.putArray(curve.name());
        curve.values().forEach(value -> points.add(value.isNaN() ? null : value));
      }
    }
    html.close();
  }
}
