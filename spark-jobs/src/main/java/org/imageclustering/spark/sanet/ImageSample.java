package org.imageclustering.spark.sanet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;

/** Images on the driver: the bounded sample that a network is fitted on. */
final class ImageSample {
  private ImageSample() {}

  /**
   * Returns the shape that all images have; a single aggregation, one row reaches the driver.
   *
   * @param images id, image (height, width, channels, pixels)
   * @throws UserException if there are none, or of several shapes
   */
  static MapShape shape(Dataset<Row> images) {
    List<Row> shapes =
        images.select("image.height", "image.width", "image.channels").distinct().takeAsList(2);
    if (shapes.size() != 1) {
      throw new UserException(
          "Cannot fit SA-Net: found images of "
              + (shapes.isEmpty() ? "no size" : shapes.get(0) + " and " + shapes.get(1))
              + ", expected all of one height, width and number of channels");
    }
    Row shape = shapes.get(0);
    return new MapShape(shape.getInt(0), shape.getInt(1), shape.getInt(2));
  }

  /**
   * Returns images in the order of their ids. The driver receives {@code size x height x width x
   * channels} bytes and holds four times as many.
   *
   * @param size the images of the smallest hash of (seed, id); 0: all of them
   */
  static FeatureMaps collect(Dataset<Row> images, MapShape shape, int size, long seed) {
    Dataset<Row> chosen =
        size == 0 ? images : images.orderBy(xxhash64(lit(seed), col("id")), col("id")).limit(size);
    List<Row> rows = chosen.orderBy("id").select("image.pixels").collectAsList();
    FeatureMaps maps = FeatureMaps.zeros(rows.size(), shape);
    for (int i = 0; i < rows.size(); i++) {
      maps.setPixels(i, rows.get(i).getAs(0));
    }
    return maps;
  }
}
