package org.imageclustering.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * The eigenvalues of every layer, one curve a procedure, and their largest residual.
 *
 * @param intro what the values are
 */
public record EigenvalueSection(String intro, List<Layer> layers) implements Section {
  /** Copies the list. */
  public EigenvalueSection {
    layers = List.copyOf(layers);
  }

  /** One chart. */
  public record Layer(String name, List<Curve> curves) {}

  /**
   * One procedure of a layer.
   *
   * @param values in the order of their index
   * @param residuals norms ||A v - lambda v||, one for each; empty where they are not known
   */
  public record Curve(String procedure, List<Double> values, List<Double> residuals) {}

  @Override
  public String id() {
    return "eigenvalues";
  }

  @Override
  public String title() {
    return "Eigenvalues";
  }

  @Override
  public void write(PageWriter page) {
    HtmlWriter html = page.html();
    html.leaf("p", intro, "class", "muted").open("div", "class", "charts");
    for (Layer layer : layers) {
      ObjectNode series =
          page.addLines(layer.name(), "Eigenvalues of " + layer.name()).putObject("series");
      layer.curves().forEach(curve -> addCurve(series.putArray(curve.procedure()), curve));
    }
    html.close();
    writeNumbers(html);
  }

  private static void addCurve(ArrayNode points, Curve curve) {
    for (int i = 0; i < curve.values().size(); i++) {
      points.addArray().add(i + 1).add(curve.values().get(i));
    }
  }

  private void writeNumbers(HtmlWriter html) {
    html.open("details").leaf("summary", "Numbers");
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", title());
    html.open("table").open("thead").open("tr");
    html.leaf("th", "Layer", "scope", "col").leaf("th", "Procedure", "scope", "col");
    for (String heading : List.of("Values", "First", "Last", "Largest residual")) {
      html.leaf("th", heading, "scope", "col", "class", "number");
    }
    html.close().close().open("tbody");
    for (Layer layer : layers) {
      layer.curves().forEach(curve -> writeCurve(html, layer.name(), curve));
    }
    html.close().close().close().close();
  }

  private static void writeCurve(HtmlWriter html, String layer, Curve curve) {
    List<Double> values = curve.values();
    double residual =
        curve.residuals().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    html.open("tr")
        .leaf("td", layer)
        .leaf("td", curve.procedure())
        .leaf("td", Integer.toString(values.size()), "class", "number")
        .leaf("td", decimal(values.isEmpty() ? Double.NaN : values.get(0)), "class", "number")
        .leaf(
            "td",
            decimal(values.isEmpty() ? Double.NaN : values.get(values.size() - 1)),
            "class",
            "number")
        .leaf(
            "td",
            Double.isNaN(residual) ? "–" : String.format(Locale.ROOT, "%.1e", residual),
            "class",
            "number")
        .close();
  }

  private static String decimal(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.5f", value) : "–";
  }
}
