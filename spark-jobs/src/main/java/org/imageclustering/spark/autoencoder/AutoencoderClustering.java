package org.imageclustering.spark.autoencoder;

import com.typesafe.config.Config;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.training.AutoencoderGraph;

/**
 * Auto-encoder based data clustering (AEC; Song, Liu, Huang, Wang and Tan 2013): an autoencoder of
 * dense layers whose codes are drawn to the centres of their clusters while it learns.
 *
 * <p>Takes images (id long; image struct of height, width, channels int and pixels binary), all of
 * one shape, any size and number of channels. They stay on the executors; the driver holds the
 * network and what the last step says of itself.
 */
public final class AutoencoderClustering extends AutoencoderEstimator<AutoencoderClustering> {
  private static final long serialVersionUID = 1L;

  /** An estimator with a fresh identifier. */
  public AutoencoderClustering() {
    this(Identifiable$.MODULE$.randomUID("aec"));
  }

  /** An estimator with this identifier. */
  public AutoencoderClustering(String uid) {
    super(uid);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<AutoencoderClustering> read() {
    return new DefaultParamsReader<>();
  }

  /** Returns a saved estimator. */
  public static AutoencoderClustering load(String path) {
    return read().load(path);
  }

  @Override
  protected AutoencoderClustering self() {
    return this;
  }

  @Override
  protected AutoencoderClustering fresh(String identifier) {
    return new AutoencoderClustering(identifier);
  }

  @Override
  String section() {
    return DenseNetwork.SECTION;
  }

  @Override
  AutoencoderGraph graph(Config config, MapShape shape) {
    return DenseNetwork.of(config, shape);
  }
}
