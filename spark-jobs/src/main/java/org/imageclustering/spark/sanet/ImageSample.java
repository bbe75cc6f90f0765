package org.imageclustering.spark.sanet;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.descriptor.ImageRows;

/** Images on the driver: the bounded sample that a network is fitted on. */
final class ImageSample {
  private ImageSample() {}

  /**
   * Returns the shape that all images have; a single aggregation, one row reaches the driver.
   *
   * @param images id, image (height, width, channels, pixels)
   * @throws org.imageclustering.UserException if there are none, or of several shapes
   */
  static MapShape shape(Dataset<Row> images) {
    return ImageRows.shape(images, "fit SA-Net");
  }

  /**
   * Returns images in the order of their ids. The driver receives {@code size x height x width x
   * channels} bytes and holds four times as many.
   *
   * @param size the images of the smallest hash of (seed, id); 0: all of them
   */
  static FeatureMaps collect(Dataset<Row> images, MapShape shape, int size, long seed) {
    byte[][] pixels = ImageRows.pixels(images, size, seed);
    FeatureMaps maps = FeatureMaps.zeros(pixels.length, shape);
    for (int i = 0; i < pixels.length; i++) {
      maps.setPixels(i, pixels[i]);
    }
    return maps;
  }
}
