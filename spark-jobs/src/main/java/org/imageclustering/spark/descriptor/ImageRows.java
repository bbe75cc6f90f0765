package org.imageclustering.spark.descriptor;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.session.DrawnRows;

/** What a fit asks of a column of images: their shape, and a bounded sample on the driver. */
public final class ImageRows {
  private ImageRows() {}

  /**
   * Returns the shape that all images have; a single aggregation, two rows reach the driver.
   *
   * @param images id, image (height, width, channels, pixels)
   * @param purpose what cannot be done otherwise, for the message: {@code fit SA-Net}
   * @throws UserException if there are none, or of several shapes
   */
  public static MapShape shape(Dataset<Row> images, String purpose) {
    List<Row> shapes =
        images.select("image.height", "image.width", "image.channels").distinct().takeAsList(2);
    if (shapes.size() != 1) {
      throw new UserException(
          "Cannot "
              + purpose
              + ": found images of "
              + (shapes.isEmpty() ? "no size" : shapes.get(0) + " and " + shapes.get(1))
              + ", expected all of one height, width and number of channels");
    }
    Row shape = shapes.get(0);
    return new MapShape(shape.getInt(0), shape.getInt(1), shape.getInt(2));
  }

  /**
   * Returns pixels in the order of the images' ids; they are what the driver receives.
   *
   * @param images id, image
   * @param size the images of the smallest hash of (seed, id); 0: all of them
   */
  public static byte[][] pixels(Dataset<Row> images, int size, long seed) {
    Dataset<Row> chosen = size == 0 ? images : DrawnRows.of(images, size, seed);
    List<Row> rows = chosen.orderBy("id").select("image.pixels").collectAsList();
    return rows.stream().map(row -> row.<byte[]>getAs(0)).toArray(byte[][]::new);
  }
}
