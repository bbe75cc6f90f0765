package org.imageclustering.spark.data;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import scala.Option;

/** What a source needs of Spark: parallel reading, and the file systems' settings in tasks. */
final class SparkInput {
  private static final long BYTES_A_TASK = 64L << 20;

  private final SparkSession spark;
  private final JavaSparkContext context;
  private final Configuration hadoop;

  SparkInput(SparkSession spark) {
    this.spark = spark;
    this.context = new JavaSparkContext(spark.sparkContext());
    this.hadoop = spark.sessionState().newHadoopConf();
  }

  SparkSession spark() {
    return spark;
  }

  Configuration hadoop() {
    return hadoop;
  }

  Broadcast<SerializableConfiguration> broadcastHadoop() {
    return context.broadcast(new SerializableConfiguration(hadoop));
  }

  /** Returns how many tasks read an input of this length: two a core, more where it is long. */
  int tasks(long bytes) {
    Option<String> set = spark.conf().getOption("spark.sql.leafNodeDefaultParallelism");
    int cores = set.isDefined() ? Integer.parseInt(set.get()) : context.defaultParallelism();
    return (int) Math.max(2L * cores, Math.min(Integer.MAX_VALUE / 2, bytes / BYTES_A_TASK));
  }

  /** Returns the parts as an RDD with one part a task. */
  <T> JavaRDD<T> oneEach(List<T> parts) {
    return context.parallelize(parts, parts.size());
  }

  Dataset<Row> table(JavaRDD<Row> rows) {
    return spark.createDataFrame(rows, Staged.SCHEMA);
  }
}
