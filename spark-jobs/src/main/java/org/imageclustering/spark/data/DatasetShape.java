package org.imageclustering.spark.data;

import org.imageclustering.patch.MapShape;

/**
 * What every row of a data set is like.
 *
 * @param kind images or vectors
 * @param height of every image in pixels; 1 for vectors
 * @param width of every image in pixels; a vector's number of entries
 * @param channels 1 or 3; 1 for vectors
 */
public record DatasetShape(DatasetKind kind, int height, int width, int channels) {

  /** Tells whether the rows are images, and not vectors from elsewhere. */
  public boolean isOfImages() {
    return kind == DatasetKind.IMAGES;
  }

  /** Returns the shape of every image. */
  public MapShape image() {
    return new MapShape(height, width, channels);
  }

  /** Returns the number of entries of an image's pixels or of a vector. */
  public int dimension() {
    return height * width * channels;
  }

  /** Returns {@code images of 28 x 28 x 1} or {@code vectors of 128}: for messages and records. */
  @Override
  public String toString() {
    return isOfImages()
        ? "images of %d x %d x %d".formatted(height, width, channels)
        : "vectors of " + width;
  }
}
