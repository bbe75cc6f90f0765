package org.imageclustering.spark.autoencoder;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.session.DrawnRows;
import org.imageclustering.spark.training.Codes;

/** What a trained autoencoder shows of itself, as small tables for the report. */
public final class AutoencoderTables {
  private static final int SAMPLE = 20;

  private AutoencoderTables() {}

  /**
   * Returns the centres of the clusters as the decoder paints them (AEC, Fig. 4): cluster, height,
   * width, channels, pixels in 0..255.
   */
  public static Dataset<Row> centres(
      AutoencoderClusteringModel model, MapShape image, SparkSession spark) {
    float[][] centres = model.centres();
    int length = centres[0].length;
    float[] codes = new float[centres.length * length];
    for (int c = 0; c < centres.length; c++) {
      System.arraycopy(centres[c], 0, codes, c * length, length);
    }
    float[] decoded = new Codes(model.network()).decode(codes, centres.length);
    List<Row> rows = new ArrayList<>();
    for (int c = 0; c < centres.length; c++) {
      rows.add(row(c, image, decoded, c * image.length()));
    }
    return spark.createDataFrame(rows, schema("cluster", DataTypes.IntegerType));
  }

  /**
   * Returns some images and below each what the network makes of it (DCAE, Fig. 3): kind (image,
   * reconstruction), height, width, channels, pixels in 0..255. So many images reach the driver.
   *
   * @param images id, image
   */
  public static Dataset<Row> reconstructions(
      AutoencoderClusteringModel model, MapShape image, Dataset<Row> images) {
    List<Row> some =
        DrawnRows.of(images, SAMPLE, model.getSeed()).select("image.pixels").collectAsList();
    float[] pixels = new float[some.size() * image.length()];
    for (int i = 0; i < some.size(); i++) {
      byte[] bytes = some.get(i).getAs(0);
      for (int p = 0; p < bytes.length; p++) {
        pixels[i * image.length() + p] = (bytes[p] & 0xff) / 255f;
      }
    }
    float[] again = new Codes(model.network()).reconstruct(pixels, some.size());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      rows.add(row("image", image, pixels, i * image.length()));
    }
    for (int i = 0; i < some.size(); i++) {
      rows.add(row("reconstruction", image, again, i * image.length()));
    }
    return images.sparkSession().createDataFrame(rows, schema("kind", DataTypes.StringType));
  }

  private static StructType schema(String first, org.apache.spark.sql.types.DataType type) {
    return new StructType()
        .add(first, type)
        .add("height", DataTypes.IntegerType)
        .add("width", DataTypes.IntegerType)
        .add("channels", DataTypes.IntegerType)
        .add("pixels", DataTypes.createArrayType(DataTypes.IntegerType));
  }

  private static Row row(Object first, MapShape image, float[] values, int offset) {
    Integer[] pixels = new Integer[image.length()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = Math.round(255 * Math.max(0, Math.min(1, values[offset + i])));
    }
    return RowFactory.create(first, image.height(), image.width(), image.channels(), pixels);
  }
}
