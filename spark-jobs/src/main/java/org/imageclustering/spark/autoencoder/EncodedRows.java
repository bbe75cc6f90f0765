package org.imageclustering.spark.autoencoder;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.session.AddedColumns;
import org.imageclustering.spark.session.DenseVectors;
import org.imageclustering.spark.session.RowBatches;
import org.imageclustering.spark.training.Codes;
import org.imageclustering.spark.training.ImagePixels;
import org.imageclustering.spark.training.NetworkRows;
import org.imageclustering.spark.training.NetworkState;

/** Rows of images with their codes, a batch at a time, and codes with their clusters. */
final class EncodedRows extends RowBatches {
  private static final int BATCH = 256;

  private final int imageField;
  private final Codes codes;
  private final int pixels;

  private EncodedRows(Iterator<Row> source, int imageField, NetworkState network) {
    super(source, BATCH);
    this.imageField = imageField;
    this.codes = new Codes(network);
    this.pixels = codes.imageLength();
  }

  /**
   * Returns the rows with the code of each image as a further column.
   *
   * @param imageCol struct (height, width, channels, pixels)
   * @throws org.imageclustering.UserException if there is a column of the new one's name already
   */
  static Dataset<Row> encode(
      Dataset<Row> rows, String imageCol, NetworkState network, String featuresCol) {
    StructType schema = AddedColumns.withVector(rows.schema(), featuresCol);
    return NetworkRows.of(rows, imageCol, network, schema, EncodedRows::new);
  }

  /** Returns the rows with {@code prediction}, the nearest centre, and {@code confidence}. */
  static Dataset<Row> assign(Dataset<Row> rows, String featuresCol, float[][] centres) {
    int field = rows.schema().fieldIndex(featuresCol);
    return rows.sparkSession()
        .createDataFrame(
            rows.javaRDD().map(row -> assigned(row, field, centres)),
            AddedColumns.withClusters(rows.schema(), "prediction", "confidence"));
  }

  private static Row assigned(Row row, int field, float[][] centres) {
    Vector code = row.getAs(field);
    double nearest = Double.POSITIVE_INFINITY;
    double second = Double.POSITIVE_INFINITY;
    int cluster = 0;
    for (int c = 0; c < centres.length; c++) {
      double distance = distance(code, centres[c]);
      if (distance < nearest) {
        second = nearest;
        nearest = distance;
        cluster = c;
      } else if (distance < second) {
        second = distance;
      }
    }
    return extended(row, cluster, second == 0 ? 0.0 : 1 - nearest / second);
  }

  private static double distance(Vector code, float[] centre) {
    double sum = 0;
    for (int i = 0; i < centre.length; i++) {
      // As single-precision numbers, which they were when the clusters were made.
      double difference = (double) (float) code.apply(i) - centre[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  @Override
  protected List<Row> worked(List<Row> rows) {
    float[] images = ImagePixels.of(rows, imageField, pixels);
    float[] encoded = codes.encode(images, rows.size());
    int length = encoded.length / rows.size();
    for (int i = 0; i < rows.size(); i++) {
      rows.set(i, extended(rows.get(i), DenseVectors.of(encoded, i * length, length)));
    }
    return rows;
  }
}
