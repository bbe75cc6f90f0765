package org.imageclustering.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imageclustering.data.PixelImage;

/**
 * Images as points in the plane, coloured by cluster; pointing at one shows the image.
 *
 * @param intro how many points of how many images, and what the axes are
 */
public record MapSection(String intro, List<Point> points) implements Section {
  private static final int SPRITE_COLUMNS = 50;

  /** Copies the list. */
  public MapSection {
    points = List.copyOf(points);
  }

  /**
   * One image.
   *
   * @param cluster its number, at least 0
   * @param thumb the image, small; none of the points has one, or all of them
   */
  public record Point(String id, double x, double y, int cluster, Optional<PixelImage> thumb) {}

  @Override
  public String id() {
    return "map";
  }

  @Override
  public String title() {
    return "Map";
  }

  @Override
  public void write(PageWriter page) {
    page.html().leaf("p", intro, "class", "muted");
    ObjectNode chart =
        page.addChart("map", "Scatter plot of " + points.size() + " images, coloured by cluster");
    addPoints(chart, points);
    List<PixelImage> thumbs = points.stream().flatMap(point -> point.thumb().stream()).toList();
    if (!thumbs.isEmpty() && thumbs.size() == points.size()) {
      Sprite sprite = new Sprite(thumbs, SPRITE_COLUMNS);
      chart.put("sprite", page.addSprite(sprite)).put("columns", sprite.columns());
    }
  }

  /** One series a cluster: [x, y, number of the tile, id]. */
  static void addPoints(ObjectNode chart, List<Point> points) {
    ObjectNode series = chart.putObject("series");
    Map<Integer, ArrayNode> byCluster = new TreeMap<>();
    points.forEach(p -> byCluster.computeIfAbsent(p.cluster(), c -> series.arrayNode()));
    byCluster.forEach((cluster, list) -> series.set(Integer.toString(cluster), list));
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      byCluster
          .get(point.cluster())
          .addArray()
          .add(rounded(point.x()))
          .add(rounded(point.y()))
          .add(i)
          .add(point.id());
    }
  }

  private static double rounded(double coordinate) {
    return (float) coordinate;
  }
}
