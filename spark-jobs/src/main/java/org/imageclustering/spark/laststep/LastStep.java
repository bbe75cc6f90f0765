package org.imageclustering.spark.laststep;

import com.typesafe.config.Config;
import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spark.baseline.KMeansClustering;
import org.imageclustering.spark.baseline.KMeansOptions;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.spectral.SpectralEmbedding;

/** Chooses the last step by the key {@code final}: {@code spectral} or {@code k-means}. */
public final class LastStep {
  /** The spectral last step (a kNN graph of the images, and the choice among many partitions). */
  public static final String SPECTRAL = "spectral";

  /** One k-means by MLlib. */
  public static final String K_MEANS = "k-means";

  private static final String DIRECTORY = "last-step";

  private LastStep() {}

  /**
   * Returns the fitted last step: a transformer that adds {@code prediction} and {@code
   * confidence}, and {@code embedding} where it is spectral.
   *
   * @param config resolved, with {@code final}, {@code clusters} and {@code seed}
   * @param features id, and a vector in the given column
   * @throws UserException if {@code final} names no last step
   */
  public static Transformer fit(
      Config config, Dataset<Row> features, String featuresCol, StageStore stages) {
    String name = config.getString("final");
    return switch (name) {
      case SPECTRAL ->
          new SpectralEmbedding()
              .setOptions(SpectralEmbeddingOptions.of(config))
              .setFeaturesCol(featuresCol)
              .setStageStore(stages)
              .fit(features);
      case K_MEANS ->
          stages.step(
              K_MEANS,
              () ->
                  new KMeansClustering()
                      .setOptions(KMeansOptions.of(config))
                      .setFeaturesCol(featuresCol)
                      .fit(features));
      default ->
          throw new UserException(
              "Cannot use final: found " + name + ", expected spectral or k-means");
    };
  }

  /**
   * Saves a fitted last step in the directory of the model that it belongs to.
   *
   * @param lastStep null for none
   */
  public static void save(Transformer lastStep, String model) throws IOException {
    if (lastStep instanceof MLWritable step) {
      step.write().save(new Path(model, DIRECTORY).toString());
    }
  }

  /** Returns what {@link #save} left in a model's directory, or null. */
  public static Transformer read(SparkSession spark, String model) throws IOException {
    Path saved = new Path(model, DIRECTORY);
    return saved.getFileSystem(spark.sessionState().newHadoopConf()).exists(saved)
        ? (Transformer)
            DefaultParamsReader.loadParamsInstance(saved.toString(), spark.sparkContext())
        : null;
  }
}
