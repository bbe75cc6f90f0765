package org.imageclustering.spark.adaptive;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.session.AddedColumns;
import org.imageclustering.spark.session.DenseVectors;
import org.imageclustering.spark.session.RowBatches;
import org.imageclustering.spark.training.ImagePixels;
import org.imageclustering.spark.training.NetworkRows;
import org.imageclustering.spark.training.NetworkState;

/** Rows of images with the code, the cluster and the confidence of each, a batch at a time. */
final class OutputRows extends RowBatches {
  private static final int BATCH = 256;

  private final int imageField;
  private final NetworkOutputs outputs;

  private OutputRows(Iterator<Row> source, int imageField, NetworkState network) {
    super(source, BATCH);
    this.imageField = imageField;
    this.outputs = new NetworkOutputs(network);
  }

  /**
   * Returns the rows with the code, {@code prediction}, the largest entry of the softmax, and
   * {@code confidence}, its value.
   *
   * @param imageCol struct (height, width, channels, pixels)
   * @throws org.imageclustering.UserException if there is a column of a new one's name already
   */
  static Dataset<Row> of(
      Dataset<Row> rows, String imageCol, NetworkState network, String featuresCol) {
    StructType schema = AddedColumns.withVector(rows.schema(), featuresCol);
    return NetworkRows.of(
        rows,
        imageCol,
        network,
        AddedColumns.withClusters(schema, "prediction", "confidence"),
        OutputRows::new);
  }

  @Override
  protected List<Row> worked(List<Row> rows) {
    int n = rows.size();
    float[] images = ImagePixels.of(rows, imageField, outputs.imageLength());
    float[][] found = outputs.of(images, n, AdaptiveGraph.CODE, AdaptiveGraph.VALUES);
    int d = found[0].length / n;
    int k = found[1].length / n;
    NetworkOutputs.softmaxInPlace(found[1], k);
    for (int i = 0; i < n; i++) {
      int cluster = NetworkOutputs.largest(found[1], i * k, k);
      double confidence = found[1][i * k + cluster];
      rows.set(i, extended(rows.get(i), DenseVectors.of(found[0], i * d, d), cluster, confidence));
    }
    return rows;
  }
}
