package org.imageclustering.spark.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.spark.data.DatasetShape;

/**
 * What a method clusters. Lives on the driver.
 *
 * @param shape of the rows
 * @param rows images: id, origin, height, width, channels, pixels; vectors: id, origin, vector
 * @param count the number of rows
 */
public record MethodInput(DatasetShape shape, Dataset<Row> rows, long count) {

  /**
   * Returns id, image (struct of height, width, channels, pixels): what estimators of images take.
   */
  Dataset<Row> images() {
    return rows.select(
        col("id"), struct(col("height"), col("width"), col("channels"), col("pixels")).as("image"));
  }
}
