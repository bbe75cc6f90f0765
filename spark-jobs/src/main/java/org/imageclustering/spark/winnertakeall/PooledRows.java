package org.imageclustering.spark.winnertakeall;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.patch.PooledMaps;
import org.imageclustering.spark.session.AddedColumns;
import org.imageclustering.spark.session.RowBatches;
import org.imageclustering.spark.training.Codes;
import org.imageclustering.spark.training.ImagePixels;
import org.imageclustering.spark.training.NetworkRows;
import org.imageclustering.spark.training.NetworkState;

/** Rows of images with their pooled maps as sparse vectors, a batch at a time. */
final class PooledRows extends RowBatches {
  /** Images whose maps are in memory together: 200 kB each for 28 x 28 pixels and 64 maps. */
  private static final int BATCH = 64;

  private final int imageField;
  private final Codes codes;
  private final PooledMaps pooling;

  private PooledRows(
      Iterator<Row> source, int imageField, NetworkState network, PooledMaps pooling) {
    super(source, BATCH);
    this.imageField = imageField;
    this.codes = new Codes(network);
    this.pooling = pooling;
  }

  /**
   * Returns the rows with the pooled maps of each image as a further column.
   *
   * @param imageCol struct (height, width, channels, pixels)
   * @throws org.imageclustering.UserException if there is a column of the new one's name already
   */
  static Dataset<Row> of(
      Dataset<Row> rows,
      String imageCol,
      NetworkState network,
      PooledMaps pooling,
      String featuresCol) {
    StructType schema = AddedColumns.withVector(rows.schema(), featuresCol);
    return NetworkRows.of(
        rows,
        imageCol,
        network,
        schema,
        (part, field, state) -> new PooledRows(part, field, state, pooling));
  }

  @Override
  protected List<Row> worked(List<Row> rows) {
    float[] images = ImagePixels.of(rows, imageField, codes.imageLength());
    float[] maps = codes.encode(images, rows.size());
    int length = maps.length / rows.size();
    for (int i = 0; i < rows.size(); i++) {
      rows.set(i, extended(rows.get(i), sparse(pooling.of(maps, i * length))));
    }
    return rows;
  }

  private static Vector sparse(float[] cells) {
    int[] places = new int[cells.length];
    double[] values = new double[cells.length];
    int count = 0;
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] > 0) {
        places[count] = i;
        values[count++] = cells[i];
      }
    }
    return Vectors.sparse(cells.length, Arrays.copyOf(places, count), Arrays.copyOf(values, count));
  }
}
