package org.imageclustering.spark.sanet;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.session.ArrayTable;

/** The shape of the images that a saved network takes, as a table of one row. */
final class ShapeTable {
  private ShapeTable() {}

  static void write(SparkSession spark, MapShape shape, String path) {
    float[] sides = {shape.height(), shape.width(), shape.channels()};
    ArrayTable.of(spark, Map.of("shape", new FloatMatrix(1, 3, sides))).write().parquet(path);
  }

  static MapShape read(SparkSession spark, String path) {
    float[] sides = ArrayTable.read(spark.read().parquet(path)).get("shape").values();
    return new MapShape((int) sides[0], (int) sides[1], (int) sides[2]);
  }
}
