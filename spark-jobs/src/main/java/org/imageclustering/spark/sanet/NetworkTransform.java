package org.imageclustering.spark.sanet;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.sanet.Network;
import org.imageclustering.spark.session.AddedColumns;
import org.imageclustering.spark.session.DenseVectors;
import org.imageclustering.spark.session.RowBatches;

/** Sends images through a fitted network, partition by partition, on the executors. */
final class NetworkTransform {
  /** Images of one batch: bounds a task's memory, and fills the matrix products. */
  private static final int BATCH = 256;

  private NetworkTransform() {}

  /**
   * Returns the rows with the network's last maps as a further column of vectors.
   *
   * @param imageCol struct (height, width, channels, pixels)
   * @throws UserException if there is a column of the new one's name already
   */
  static Dataset<Row> columns(
      Dataset<Row> dataset, String imageCol, Network network, String featuresCol) {
    StructType extended = AddedColumns.withVector(dataset.schema(), featuresCol);
    JavaSparkContext spark = new JavaSparkContext(dataset.sparkSession().sparkContext());
    int field = dataset.schema().fieldIndex(imageCol);
    JavaRDD<Row> rows = apply(spark, dataset.javaRDD(), field, network);
    return dataset.sparkSession().createDataFrame(rows, extended);
  }

  /**
   * Returns the rows with the network's last maps appended as a vector.
   *
   * @param rows whose field {@code imageField} is a struct (height, width, channels, pixels)
   */
  private static JavaRDD<Row> apply(
      JavaSparkContext spark, JavaRDD<Row> rows, int imageField, Network network) {
    // Not destroyed here: the rows are computed when they are asked for. Spark's cleaner drops the
    // broadcast once nothing refers to the result any more.
    Broadcast<Network> shared = spark.broadcast(network);
    return rows.mapPartitions(partition -> new Batches(partition, imageField, shared.value()));
  }

  /** Returns an image's maps as one vector. */
  static Vector vector(FeatureMaps maps, int image) {
    return DenseVectors.of(maps.values(), maps.offset(image), maps.shape().length());
  }

  /** Rows with their features, a batch at a time. */
  private static final class Batches extends RowBatches {
    private final int imageField;
    private final Network network;

    Batches(Iterator<Row> source, int imageField, Network network) {
      super(source, BATCH);
      this.imageField = imageField;
      this.network = network;
    }

    @Override
    protected List<Row> worked(List<Row> rows) {
      FeatureMaps images = FeatureMaps.zeros(rows.size(), network.input());
      for (int i = 0; i < rows.size(); i++) {
        byte[] pixels = rows.get(i).getStruct(imageField).getAs("pixels");
        requireLength(pixels);
        images.setPixels(i, pixels);
      }
      FeatureMaps features = network.apply(images);
      for (int i = 0; i < rows.size(); i++) {
        rows.set(i, extended(rows.get(i), NetworkTransform.vector(features, i)));
      }
      return rows;
    }

    private void requireLength(byte[] pixels) {
      if (pixels.length != network.input().length()) {
        throw new UserException(
            "Cannot use an image of "
                + pixels.length
                + " values: expected "
                + network.input()
                + ", the size that the model was fitted on");
      }
    }
  }
}
