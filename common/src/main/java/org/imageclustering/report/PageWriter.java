package org.imageclustering.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a section writes to: the page's HTML, its sprites and the data of its charts. */
final class PageWriter {
  private final HtmlWriter html = new HtmlWriter();
  private final StringBuilder sprites = new StringBuilder();
  private final ArrayNode charts = new ObjectMapper().createArrayNode();
  private int spriteCount;

  HtmlWriter html() {
    return html;
  }

  /**
   * Adds a sprite and returns the class names of an element that shows one of its tiles; which one
   * say the custom properties {@code --x} and {@code --y}.
   */
  String addSprite(Sprite sprite) {
    String name = "s" + spriteCount++;
    int scale = magnification(sprite);
    sprites.append(
        ".%s{--c:%d;--w:%dpx;--h:%dpx;background-image:url(%s)}%n"
            .formatted(
                name,
                sprite.columns(),
                scale * sprite.cellWidth(),
                scale * sprite.cellHeight(),
                sprite.dataUri()));
    return scale == 1 ? "t " + name : "t px " + name;
  }

  /** Returns the style that points at the tile of this number. */
  static String tileStyle(Sprite sprite, int tile) {
    return "--x:%d;--y:%d".formatted(tile % sprite.columns(), tile / sprite.columns());
  }

  /**
   * Writes a frame that the script fills with a chart, and returns the chart's data to be filled.
   *
   * @param kind which function of the script draws it: map or lines
   * @param label what it shows, for those who cannot see it
   */
  ObjectNode addChart(String kind, String label) {
    String id = "chart-" + charts.size();
    html.open("div", "class", "chart " + kind, "id", id, "role", "img", "aria-label", label)
        .leaf("p", "This chart needs JavaScript.", "class", "muted no-script")
        .close();
    return charts.addObject().put("id", id).put("kind", kind);
  }

  /**
   * Writes a figure with a chart of curves.
   *
   * @param label what it shows, for those who cannot see it
   * @return the chart's data, in which {@code series} is an array of points by the curve's name
   */
  ObjectNode addLines(String caption, String label) {
    html.open("figure").leaf("figcaption", caption);
    ObjectNode chart = addChart("lines", label);
    html.close();
    return chart;
  }

  String sprites() {
    return sprites.toString();
  }

  boolean hasCharts() {
    return !charts.isEmpty();
  }

  /** Returns the charts' data as JSON that may stand inside a script element. */
  String chartData() {
    return charts.toString().replace("<", "\\u003c");
  }

  /** Small images are shown two or three times as large, so that a digit can be read. */
  private static int magnification(Sprite sprite) {
    int side = Math.max(sprite.cellHeight(), sprite.cellWidth());
    return Math.max(1, 64 / side);
  }
}
