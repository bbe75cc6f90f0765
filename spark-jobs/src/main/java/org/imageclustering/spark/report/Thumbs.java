package org.imageclustering.spark.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF4;
import org.apache.spark.sql.types.DataTypes;
import org.imageclustering.data.ImageSize;
import org.imageclustering.data.PixelImage;
import org.imageclustering.data.Resizer;

/** Scales images on the executors, so that large ones never travel. */
final class Thumbs {
  private Thumbs() {}

  /** Returns a column of pixels at the given size, of a table of images. */
  static Column column(ImageSize size) {
    return udf(scaling(size.height(), size.width()), DataTypes.BinaryType)
        .apply(col("height"), col("width"), col("channels"), col("pixels"));
  }

  /** Returns the image in a row that a thumb column has. */
  static PixelImage image(Row row, String column, ImageSize size) {
    byte[] pixels = row.getAs(column);
    int channels = pixels.length / (size.height() * size.width());
    return new PixelImage(size.height(), size.width(), channels, pixels);
  }

  private static UDF4<Integer, Integer, Integer, byte[], byte[]> scaling(int height, int width) {
    return (rows, columns, channels, pixels) ->
        new Resizer(new ImageSize(height, width))
            .letterbox(new PixelImage(rows, columns, channels, pixels))
            .pixels();
  }
}
