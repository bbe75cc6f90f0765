package org.imageclustering.spark.sanet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.sanet.Network;
import org.imageclustering.spark.session.AddedColumns;

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
    StructType schema = dataset.schema();
    AddedColumns.requireFree(schema, featuresCol);
    JavaSparkContext spark = new JavaSparkContext(dataset.sparkSession().sparkContext());
    JavaRDD<Row> rows = apply(spark, dataset.javaRDD(), schema.fieldIndex(imageCol), network);
    return dataset
        .sparkSession()
        .createDataFrame(rows, schema.add(featuresCol, SQLDataTypes.VectorType(), false));
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
    double[] values = new double[maps.shape().length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = maps.values()[maps.offset(image) + i];
    }
    return Vectors.dense(values);
  }

  /** Rows with their features, a batch at a time. */
  private static final class Batches implements Iterator<Row> {
    private final Iterator<Row> source;
    private final int imageField;
    private final Network network;
    private Iterator<Row> ready = List.<Row>of().iterator();

    Batches(Iterator<Row> source, int imageField, Network network) {
      this.source = source;
      this.imageField = imageField;
      this.network = network;
    }

    @Override
    public boolean hasNext() {
      return ready.hasNext() || source.hasNext();
    }

    @Override
    public Row next() {
      if (!ready.hasNext()) {
        ready = batch().iterator();
      }
      return ready.next();
    }

    private List<Row> batch() {
      List<Row> rows = new ArrayList<>();
      while (rows.size() < BATCH && source.hasNext()) {
        rows.add(source.next());
      }
      FeatureMaps images = FeatureMaps.zeros(rows.size(), network.input());
      for (int i = 0; i < rows.size(); i++) {
        byte[] pixels = rows.get(i).getStruct(imageField).getAs("pixels");
        requireLength(pixels);
        images.setPixels(i, pixels);
      }
      FeatureMaps features = network.apply(images);
      for (int i = 0; i < rows.size(); i++) {
        rows.set(i, withFeatures(rows.get(i), features, i));
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

    private static Row withFeatures(Row row, FeatureMaps features, int image) {
      Object[] fields = new Object[row.size() + 1];
      for (int f = 0; f < row.size(); f++) {
        fields[f] = row.get(f);
      }
      fields[row.size()] = vector(features, image);
      return RowFactory.create(fields);
    }
  }
}
