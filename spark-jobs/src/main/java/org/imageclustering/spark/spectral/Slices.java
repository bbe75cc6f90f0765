package org.imageclustering.spark.spectral;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Sends rows of the driver out in tasks of bounded size. */
final class Slices {
  /** Well below {@code spark.rpc.message.maxSize}, which is 128 MiB by default. */
  private static final long BYTES_OF_A_SLICE = 16L << 20;

  private Slices() {}

  /** Returns the rows as an RDD whose number of partitions depends on their size alone. */
  static <T> JavaRDD<T> parallelize(SparkSession spark, List<T> rows, long bytesOfARow) {
    long slices = 1 + rows.size() * (bytesOfARow + 64) / BYTES_OF_A_SLICE;
    return JavaSparkContext.fromSparkContext(spark.sparkContext())
        .parallelize(rows, (int) Math.min(slices, Math.max(1, rows.size())));
  }
}
