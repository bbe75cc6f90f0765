package org.imageclustering.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * How a network learned: one chart a figure over the epochs, and all of them as a table.
 *
 * @param intro what the figures are
 * @param figures by name, in the order in which they are shown
 */
public record LearningSection(String intro, List<Figure> figures) implements Section {
  /** Copies the list. */
  public LearningSection {
    figures = List.copyOf(figures);
  }

  /**
   * One figure.
   *
   * @param values one an epoch, from the first; NaN where it is not known
   */
  public record Figure(String name, List<Double> values) {
    /** Copies the list. */
    public Figure {
      values = List.copyOf(values);
    }
  }

  @Override
  public String id() {
    return "learning";
  }

  @Override
  public String title() {
    return "Learning";
  }

  @Override
  public void write(PageWriter page) {
    HtmlWriter html = page.html();
    html.leaf("p", intro, "class", "muted").open("div", "class", "charts");
    for (Figure figure : figures) {
      ObjectNode chart = page.addLines(figure.name(), figure.name() + " by epoch");
      addPoints(chart.putObject("series").putArray(figure.name()), figure.values());
    }
    html.close();
    writeNumbers(html);
  }

  private static void addPoints(ArrayNode points, List<Double> values) {
    for (int i = 0; i < values.size(); i++) {
      if (Double.isFinite(values.get(i))) {
        points.addArray().add(i + 1).add(values.get(i));
      }
    }
  }

  private void writeNumbers(HtmlWriter html) {
    html.open("details").leaf("summary", "Numbers");
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", title());
    html.open("table").open("thead").open("tr");
    html.leaf("th", "Epoch", "scope", "col", "class", "number");
    figures.forEach(figure -> html.leaf("th", figure.name(), "scope", "col", "class", "number"));
    html.close().close().open("tbody");
    int epochs = figures.isEmpty() ? 0 : figures.get(0).values().size();
    for (int epoch = 0; epoch < epochs; epoch++) {
      html.open("tr").leaf("td", Integer.toString(epoch + 1), "class", "number");
      for (Figure figure : figures) {
        html.leaf("td", decimal(figure.values().get(epoch)), "class", "number");
      }
      html.close();
    }
    html.close().close().close().close();
  }

  private static String decimal(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4g", value) : "–";
  }
}
