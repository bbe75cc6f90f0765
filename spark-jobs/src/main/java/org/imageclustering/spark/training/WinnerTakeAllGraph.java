package org.imageclustering.spark.training;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.imageclustering.spark.training.layer.Convolution;
import org.imageclustering.spark.training.layer.Deconvolution;
import org.imageclustering.spark.training.layer.SplitAdam;
import org.imageclustering.spark.training.layer.WindowLayer;
import org.imageclustering.spark.training.layer.WinnerTakeAll;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * CONV-WTA-AE as a DL4J graph (section II; Makhzani and Frey 2015): rectified convolutions that
 * keep the image's size, the winners, and one linear deconvolution back to the image. The loss is
 * the squared error, summed over pixels and averaged over images.
 */
public final class WinnerTakeAllGraph {
  /** The vertex whose output is the encoder's maps. */
  public static final String CODE = "code";

  /** The vertex of the deconvolution. */
  public static final String DECODER = "decoder";

  private final WinnerTakeAllOptions options;
  private final MapShape image;

  /**
   * A network for images of a shape.
   *
   * @throws org.imageclustering.UserException if a kernel is larger than an image
   */
  public WinnerTakeAllGraph(WinnerTakeAllOptions options, MapShape image) {
    options.requireFits(image.height(), image.width());
    this.options = options;
    this.image = image;
  }

  /** Returns the network for the same images by other options. */
  WinnerTakeAllGraph with(WinnerTakeAllOptions others) {
    return new WinnerTakeAllGraph(others, image);
  }

  /** Returns the shape of the encoder's maps. */
  public MapShape code() {
    int maps = options.maps().get(options.maps().size() - 1);
    return new MapShape(image.height(), image.width(), maps);
  }

  /** Returns the numbers of an image. */
  public int imageLength() {
    return image.length();
  }

  /**
   * Returns the multiplications and additions of a step for one image: the encoder forwards. The
   * rest meets the winners alone.
   */
  public double work() {
    return encoder(false).stream()
            .mapToDouble(layer -> (double) layer.weightRows() * layer.weightColumns())
            .sum()
        * image.height()
        * image.width();
  }

  /**
   * Returns the configuration of an epoch.
   *
   * @param epoch from 1: the rate of learning and the rectifiers depend on it
   */
  public ComputationGraphConfiguration configuration(int epoch) {
    return configuration(options.rate(epoch), options.isLeaky(epoch));
  }

  /** Returns the configuration of a trained network: with true rectifiers. */
  ComputationGraphConfiguration finished() {
    return configuration(options.rateEnd(), false);
  }

  private ComputationGraphConfiguration configuration(double rate, boolean leaky) {
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(options.seed())
            .updater(new SplitAdam(rate))
            .weightInit(WeightInit.UNIFORM)
            .graphBuilder()
            .addInputs("image");
    String before = "image";
    List<WindowLayer> encoder = encoder(leaky);
    for (int i = 0; i < encoder.size(); i++) {
      String name = i == encoder.size() - 1 ? CODE : "encode-" + (i + 1);
      graph.addLayer(name, encoder.get(i), before);
      before = name;
    }
    int maps = code().channels();
    int kernel = options.decoderKernel(image.height(), image.width());
    Deconvolution decoder =
        Deconvolution.to(image, maps, kernel, 1, Padding.SAME, Activation.IDENTITY).ofWinners();
    LossLayer loss = new LossLayer.Builder(new LossL2()).activation(Activation.IDENTITY).build();
    return graph
        .addLayer("winners", new WinnerTakeAll(code(), options.lifetimeShare()), before)
        .addLayer(DECODER, decoder, "winners")
        .addLayer("reconstruction", loss, DECODER)
        .setOutputs("reconstruction")
        .build();
  }

  private List<WindowLayer> encoder(boolean leaky) {
    List<WindowLayer> layers = new ArrayList<>();
    MapShape shape = image;
    for (int i = 0; i < options.maps().size(); i++) {
      Convolution layer =
          Convolution.of(
              shape,
              options.maps().get(i),
              options.kernels().get(i),
              1,
              Padding.SAME,
              Activation.RELU);
      if (leaky) {
        layer.setActivationFn(new ActivationLReLU(options.slope()));
      }
      layers.add(layer);
      shape = layer.output();
    }
    layers.get(0).withoutInputGradient();
    return layers;
  }
}
