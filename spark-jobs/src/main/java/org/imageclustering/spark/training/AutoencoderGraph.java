package org.imageclustering.spark.training;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.imageclustering.spark.training.layer.SplitAdam;
import org.imageclustering.spark.training.layer.WindowLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * An autoencoder as a DL4J graph with two outputs: {@code reconstruction}, the loss between the
 * image and what is decoded, and {@code clustering}, {@code weight ||z - c*||^2} between the code
 * and the centre that comes with the image (AEC, Eq. 4, its sign mended; DCAE, Eq. 5). Losses are
 * summed over pixels and averaged over images.
 */
public final class AutoencoderGraph {
  /** The vertex whose output is the code. */
  public static final String CODE = "code";

  /** The first layer after the code. */
  static final String FIRST_DECODER = "decode-1";

  /** The vertex whose output is the reconstruction. */
  static final String RECONSTRUCTION = "reconstruction";

  private final List<WindowLayer> encoder;
  private final List<WindowLayer> decoder;
  private final Recipe recipe;

  /**
   * A network.
   *
   * @param encoder from the image to the code
   * @param decoder from the code to the image's numbers, its last layer without activation
   */
  public AutoencoderGraph(List<WindowLayer> encoder, List<WindowLayer> decoder, Recipe recipe) {
    this.encoder = List.copyOf(encoder);
    this.decoder = List.copyOf(decoder);
    this.recipe = recipe;
  }

  /** The reconstruction's loss. */
  public enum Loss {
    /** Squared error against the numbers as they are decoded. */
    SQUARED_ERROR(Activation.IDENTITY),
    /** Squared error against their sigmoid. */
    SQUARED_ERROR_OF_SIGMOID(Activation.SIGMOID),
    /** Cross-entropy of their sigmoid (DCAE, Eq. 3). */
    CROSS_ENTROPY(Activation.SIGMOID);

    private final Activation activation;

    Loss(Activation activation) {
      this.activation = activation;
    }

    private ILossFunction function() {
      return switch (this) {
        case SQUARED_ERROR -> new LossL2();
        case SQUARED_ERROR_OF_SIGMOID -> new SigmoidLosses.SquaredError();
        case CROSS_ENTROPY -> new SigmoidLosses.CrossEntropy();
      };
    }
  }

  /** How the parameters move. */
  public enum Updater {
    /** Adam (Kingma and Ba 2015). */
    ADAM,
    /** Gradient descent with Nesterov's momentum .9. */
    SGD
  }

  /** How the parameters start. */
  public enum Start {
    /** Uniform in ± 1 / sqrt(fan-in). */
    UNIFORM,
    /** Xavier (Glorot and Bengio 2010). */
    XAVIER
  }

  /**
   * How a network is trained.
   *
   * @param rate of learning
   * @param weightDecay times the parameter is taken off with each step, times the rate
   */
  public record Recipe(
      Loss loss, Updater updater, double rate, double weightDecay, Start start, long seed) {}

  /** Returns the number of entries of a code. */
  public int codeLength() {
    return (int) encoder.get(encoder.size() - 1).getNOut();
  }

  /** Returns the numbers of an image. */
  public int imageLength() {
    return (int) encoder.get(0).getNIn();
  }

  /** Returns the name of the encoder's layer of this number, from 0. */
  public String encoderLayer(int number) {
    return number == encoder.size() - 1 ? CODE : "encode-" + (number + 1);
  }

  /** Returns the name of the decoder's layer of this number, from 0. */
  public String decoderLayer(int number) {
    return "decode-" + (number + 1);
  }

  /** Returns the multiplications and additions of a step for one image: three products a layer. */
  public double work() {
    double work = 0;
    for (List<WindowLayer> layers : List.of(encoder, decoder)) {
      for (WindowLayer layer : layers) {
        double weights = (double) layer.weightRows() * layer.weightColumns();
        work += 3 * weights * layer.windows().positions();
      }
    }
    return work;
  }

  /** Returns the number of layers of the encoder. */
  public int depth() {
    return encoder.size();
  }

  /**
   * Returns the configuration.
   *
   * @param lambda weight of the squared distance to the centre; 0: reconstruction alone
   * @param rateFactor times the recipe's rate of learning
   */
  public ComputationGraphConfiguration configuration(double lambda, double rateFactor) {
    NeuralNetConfiguration.Builder base =
        new NeuralNetConfiguration.Builder()
            .seed(recipe.seed())
            .updater(updater(recipe.rate() * rateFactor))
            .weightInit(recipe.start() == Start.XAVIER ? WeightInit.XAVIER : WeightInit.UNIFORM);
    if (recipe.weightDecay() > 0) {
      base.weightDecay(recipe.weightDecay());
    }
    ComputationGraphConfiguration.GraphBuilder graph = base.graphBuilder().addInputs("image");
    String before = "image";
    for (int i = 0; i < encoder.size(); i++) {
      graph.addLayer(encoderLayer(i), encoder.get(i).clone(), before);
      before = encoderLayer(i);
    }
    for (int i = 0; i < decoder.size(); i++) {
      graph.addLayer(decoderLayer(i), decoder.get(i).clone(), before);
      before = decoderLayer(i);
    }
    LossLayer reconstruction =
        new LossLayer.Builder(recipe.loss().function())
            .activation(recipe.loss().activation)
            .build();
    LossLayer clustering =
        new LossLayer.Builder(new LossL2(Nd4j.valueArrayOf(1, codeLength(), (float) lambda)))
            .activation(Activation.IDENTITY)
            .build();
    return graph
        .addLayer(RECONSTRUCTION, reconstruction, before)
        .addLayer("clustering", clustering, CODE)
        .setOutputs(RECONSTRUCTION, "clustering")
        .build();
  }

  private IUpdater updater(double rate) {
    return recipe.updater() == Updater.ADAM ? new SplitAdam(rate) : new Nesterovs(rate, 0.9);
  }
}
