package org.imageclustering.spark.training;

import java.util.List;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;

/** The pixels of rows with images, as networks take them. */
public final class ImagePixels {
  private ImagePixels() {}

  /**
   * Returns n x length numbers in [0, 1].
   *
   * @param imageField of a struct with a field {@code pixels}
   * @throws UserException if an image has another number of values
   */
  public static float[] of(List<Row> rows, int imageField, int length) {
    float[] images = new float[Math.multiplyExact(rows.size(), length)];
    for (int i = 0; i < rows.size(); i++) {
      byte[] bytes = rows.get(i).getStruct(imageField).getAs("pixels");
      if (bytes.length != length) {
        throw new UserException(
            "Cannot use an image of %d values: expected %d, the size that the model was fitted on"
                .formatted(bytes.length, length));
      }
      for (int p = 0; p < length; p++) {
        images[i * length + p] = (bytes[p] & 0xff) / 255f;
      }
    }
    return images;
  }
}
