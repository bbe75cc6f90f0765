package org.imageclustering.report;

import java.util.List;
import org.imageclustering.data.PixelImage;

/**
 * Pictures in rows under small headings: the visual patterns of the first layer (SA-Net, Fig. 5).
 *
 * @param intro what the pictures are
 */
public record GallerySection(String id, String title, String intro, List<Row> rows)
    implements Section {

  /** Copies the list. */
  public GallerySection {
    rows = List.copyOf(rows);
  }

  /**
   * Pictures that belong together, at least one.
   *
   * @param names one for each picture, for those who point at it or cannot see it
   */
  public record Row(String heading, List<String> names, List<PixelImage> pictures) {}

  @Override
  public void write(PageWriter page) {
    HtmlWriter html = page.html();
    html.leaf("p", intro, "class", "muted");
    for (Row row : rows) {
      Sprite sprite = new Sprite(row.pictures(), 10);
      String classes = page.addSprite(sprite);
      html.leaf("h3", row.heading()).open("div", "class", "tiles wide");
      for (int i = 0; i < row.pictures().size(); i++) {
        String name = row.names().get(i);
        String style = PageWriter.tileStyle(sprite, i);
        html.leaf(
            "span",
            "",
            "class",
            classes,
            "role",
            "img",
            "aria-label",
            name,
            "title",
            name,
            "style",
            style);
      }
      html.close();
    }
  }
}
