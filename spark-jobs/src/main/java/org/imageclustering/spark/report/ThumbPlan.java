package org.imageclustering.spark.report;

import org.imageclustering.data.ImageSize;
import org.imageclustering.patch.MapShape;

/**
 * How large the pictures are and how many of them a cluster gets, so that all of them together stay
 * within the bytes allowed: first they shrink, down to 32 pixels, then there are fewer.
 *
 * @param size of every thumb; the images' aspect is kept
 * @param perRow of the most confident and of the least confident images of a cluster
 */
record ThumbPlan(ImageSize size, int channels, int perRow) {
  private static final int SMALLEST_SIDE = 32;
  private static final int FEW = 8;

  /**
   * Plans the pictures of a data set.
   *
   * @param image shape of every image
   */
  static ThumbPlan of(ReportOptions options, int clusters, MapShape image) {
    int side = options.thumbSide();
    ThumbPlan plan = ofSide(options, clusters, image, side);
    while (plan.perRow < FEW && side > SMALLEST_SIDE) {
      side = Math.max(SMALLEST_SIDE, side * 3 / 4);
      plan = ofSide(options, clusters, image, side);
    }
    return plan;
  }

  private static ThumbPlan ofSide(ReportOptions options, int clusters, MapShape image, int side) {
    ImageSize size = fitted(image.height(), image.width(), side);
    long bytes = 2L * clusters * size.height() * size.width() * image.channels();
    long affordable = Math.max(1, options.pictureBytes() / bytes);
    return new ThumbPlan(
        size, image.channels(), (int) Math.min(options.imagesPerCluster(), affordable));
  }

  /** Returns the size that fits into a square; images that fit already keep their own. */
  static ImageSize fitted(int height, int width, int side) {
    double scale = Math.min(1, side / (double) Math.max(height, width));
    return new ImageSize(
        (int) Math.max(1, Math.round(height * scale)),
        (int) Math.max(1, Math.round(width * scale)));
  }
}
