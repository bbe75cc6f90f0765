package org.imageclustering.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.imageclustering.report.MapSection.Point;

/**
 * Several maps side by side, of the same images at different times (AE + DAC, Fig. 3).
 *
 * @param intro what the points are
 */
public record MapsSection(String id, String title, String intro, List<Map> maps)
    implements Section {
  /** Copies the list. */
  public MapsSection {
    maps = List.copyOf(maps);
  }

  /** One map. */
  public record Map(String caption, List<Point> points) {
    /** Copies the list. */
    public Map {
      points = List.copyOf(points);
    }
  }

  @Override
  public void write(PageWriter page) {
    page.html().leaf("p", intro, "class", "muted").open("div", "class", "charts");
    for (Map map : maps) {
      page.html().open("figure").leaf("figcaption", map.caption());
      ObjectNode chart =
          page.addChart("map", "Scatter plot of %d images".formatted(map.points().size()));
      MapSection.addPoints(chart, map.points());
      page.html().close();
    }
    page.html().close();
  }
}
