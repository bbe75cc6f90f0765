package org.imageclustering.spark.training;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/** A network in a saved model: {@code network.zip}, DL4J's own format, without updater state. */
public final class SavedNetwork {
  private static final String NAME = "network.zip";

  private SavedNetwork() {}

  /**
   * Writes a network.
   *
   * @param directory of the model
   */
  public static void write(SparkSession spark, String directory, NetworkState network)
      throws IOException {
    Natives.require();
    Path zip = new Path(directory, NAME);
    try (OutputStream out = zip.getFileSystem(spark.sessionState().newHadoopConf()).create(zip)) {
      ModelSerializer.writeModel(network.network(), out, false);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static NetworkState read(SparkSession spark, String directory) throws IOException {
    Natives.require();
    Path zip = new Path(directory, NAME);
    try (InputStream in = zip.getFileSystem(spark.sessionState().newHadoopConf()).open(zip)) {
      ComputationGraph graph = ModelSerializer.restoreComputationGraph(in, false);
      return new NetworkState(
          graph.getConfiguration().toJson(), graph.params().dup().data().asFloat(), new float[0]);
    }
  }
}
