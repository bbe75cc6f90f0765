package org.imageclustering.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.patch.MapShape;

/**
 * What a method clusters. Lives on the driver.
 *
 * @param kind images or vectors
 * @param rows images: id, origin, height, width, channels, pixels; vectors: id, origin, vector
 * @param count the number of rows
 * @param height of every image in pixels; 1 for vectors
 * @param width of every image in pixels; a vector's number of entries
 * @param channels 1 or 3; 1 for vectors
 */
public record MethodInput(
    Kind kind, Dataset<Row> rows, long count, int height, int width, int channels) {

  /** What a row is. */
  public enum Kind {
    /** Pixels with a height, width and channels. */
    IMAGES,
    /** A vector from elsewhere. */
    VECTORS
  }

  /**
   * Returns id, image (struct of height, width, channels, pixels): what estimators of images take.
   */
  Dataset<Row> images() {
    return rows.select(
        col("id"), struct(col("height"), col("width"), col("channels"), col("pixels")).as("image"));
  }

  /** Returns the shape of every image. */
  MapShape imageShape() {
    return new MapShape(height, width, channels);
  }

  /** Returns the number of entries of an image's pixels or of a vector. */
  public int dimension() {
    return height * width * channels;
  }

  /** Returns {@code images of 28 x 28 x 1} or {@code vectors of 128}: for messages and records. */
  public String shape() {
    return kind == Kind.IMAGES
        ? "images of %d x %d x %d".formatted(height, width, channels)
        : "vectors of " + width;
  }
}
