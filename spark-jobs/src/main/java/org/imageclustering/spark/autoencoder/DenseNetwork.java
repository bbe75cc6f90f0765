package org.imageclustering.spark.autoencoder;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.training.AutoencoderGraph;
import org.imageclustering.spark.training.layer.Convolution;
import org.imageclustering.spark.training.layer.WindowLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * AEC's network: dense layers down to the code, and the same sizes back (section 3.1: 1000, 250,
 * 50, 10). Any image is a row of its numbers.
 */
final class DenseNetwork {
  static final String SECTION = "aec";

  private DenseNetwork() {}

  /**
   * Returns the network for images of this shape.
   *
   * @throws org.imageclustering.UserException if an option is out of range or does not fit
   */
  static AutoencoderGraph of(Config config, MapShape image) {
    NetworkOptions options = NetworkOptions.of(config, SECTION);
    options.requireFits(image.length());
    List<Integer> sizes = new ArrayList<>();
    sizes.add(image.length());
    for (int size : config.getConfig(SECTION).getIntList("hidden")) {
      NetworkOptions.require(SECTION, "hidden", size, size >= 1, "sizes of 1 or more");
      sizes.add(size);
    }
    sizes.add(options.code());
    List<WindowLayer> encoder = new ArrayList<>();
    List<WindowLayer> decoder = new ArrayList<>();
    for (int i = 1; i < sizes.size(); i++) {
      Activation activation =
          i == sizes.size() - 1 ? options.codeActivation() : options.activation();
      encoder.add(Convolution.dense(sizes.get(i - 1), sizes.get(i), activation));
      Activation back = i == 1 ? Activation.IDENTITY : options.activation();
      decoder.add(0, Convolution.dense(sizes.get(i), sizes.get(i - 1), back));
    }
    encoder.get(0).withoutInputGradient();
    return new AutoencoderGraph(encoder, decoder, options.recipe());
  }
}
