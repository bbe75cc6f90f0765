package org.imageclustering.spark.autoencoder;

import com.typesafe.config.Config;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.training.AutoencoderGraph;

/**
 * A deep convolutional autoencoder with embedded clustering (DCAE; Alqahtani, Xie, Deng and Jones
 * 2018): convolutions to the code and deconvolutions back, the codes drawn to the centres of their
 * clusters while it learns.
 *
 * <p>Takes images (id long; image struct of height, width, channels int and pixels binary), all of
 * one shape. They stay on the executors; the driver holds the network and what the last step says
 * of itself.
 */
public final class ConvolutionalAutoencoderClustering
    extends AutoencoderEstimator<ConvolutionalAutoencoderClustering> {
  private static final long serialVersionUID = 1L;

  /** An estimator with a fresh identifier. */
  public ConvolutionalAutoencoderClustering() {
    this(Identifiable$.MODULE$.randomUID("dcae"));
  }

  /** An estimator with this identifier. */
  public ConvolutionalAutoencoderClustering(String uid) {
    super(uid);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<ConvolutionalAutoencoderClustering> read() {
    return new DefaultParamsReader<>();
  }

  /** Returns a saved estimator. */
  public static ConvolutionalAutoencoderClustering load(String path) {
    return read().load(path);
  }

  @Override
  protected ConvolutionalAutoencoderClustering self() {
    return this;
  }

  @Override
  protected ConvolutionalAutoencoderClustering fresh(String identifier) {
    return new ConvolutionalAutoencoderClustering(identifier);
  }

  @Override
  String section() {
    return ConvolutionalNetwork.SECTION;
  }

  @Override
  AutoencoderGraph graph(Config config, MapShape shape) {
    return ConvolutionalNetwork.of(config, shape);
  }
}
