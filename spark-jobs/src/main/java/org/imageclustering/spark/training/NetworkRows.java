package org.imageclustering.spark.training;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Sends the rows of a data set of images through a network, on the executors. */
public final class NetworkRows {
  private NetworkRows() {}

  /** What adds a network's columns to the rows of a partition. */
  @FunctionalInterface
  public interface Added extends Serializable {
    /** Returns the rows with the columns, which are worked out when they are asked for. */
    Iterator<Row> to(Iterator<Row> rows, int imageField, NetworkState network);
  }

  /**
   * Returns the rows with further columns. Lazy; the network is broadcast, without what its
   * training needs beside the parameters.
   *
   * @param imageCol struct (height, width, channels, pixels)
   * @param schema of the result
   */
  public static Dataset<Row> of(
      Dataset<Row> rows, String imageCol, NetworkState network, StructType schema, Added added) {
    int field = rows.schema().fieldIndex(imageCol);
    JavaSparkContext spark = new JavaSparkContext(rows.sparkSession().sparkContext());
    Broadcast<NetworkState> shared = spark.broadcast(network.withoutUpdater());
    return rows.sparkSession()
        .createDataFrame(
            rows.javaRDD().mapPartitions(part -> added.to(part, field, shared.value())), schema);
  }
}
