package org.imageclustering.spark.data;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.data.PixelImage;

/**
 * The rows that every source gives: an image or a vector, or the reason why there is none, and the
 * label where one was asked for. From them the tables of a data set are cut.
 */
final class Staged {
  static final String ID = "id";
  static final String ORIGIN = "origin";
  static final String VECTOR = "vector";
  static final String LABEL = "label";
  static final String REASON = "reason";
  static final String[] IMAGE_COLUMNS = {ID, ORIGIN, "height", "width", "channels", "pixels"};

  static final StructType SCHEMA =
      new StructType()
          .add(ID, DataTypes.LongType)
          .add(ORIGIN, DataTypes.StringType)
          .add("height", DataTypes.IntegerType)
          .add("width", DataTypes.IntegerType)
          .add("channels", DataTypes.IntegerType)
          .add("pixels", DataTypes.BinaryType)
          .add(VECTOR, DataTypes.createArrayType(DataTypes.FloatType, false))
          .add(LABEL, DataTypes.StringType)
          .add(REASON, DataTypes.StringType);

  private Staged() {}

  static Row image(long id, String origin, PixelImage image, String label) {
    return RowFactory.create(
        id,
        origin,
        image.height(),
        image.width(),
        image.channels(),
        image.pixels(),
        null,
        label,
        null);
  }

  static Row vector(long id, String origin, float[] vector, String label) {
    return RowFactory.create(id, origin, null, null, null, null, vector, label, null);
  }

  static Row rejected(long id, String origin, String reason) {
    return RowFactory.create(id, origin, null, null, null, null, null, null, reason);
  }
}
