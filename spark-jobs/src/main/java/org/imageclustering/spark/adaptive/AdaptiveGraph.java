package org.imageclustering.spark.adaptive;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.training.layer.MeanPooling;
import org.imageclustering.spark.training.layer.Normalization;
import org.imageclustering.spark.training.layer.SplitAdam;
import org.imageclustering.spark.training.layer.WindowLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * An {@link AdaptiveNetwork} as a DL4J graph with two losses (Fig. 1, Eq. 6).
 *
 * <p>Where pairs are trained, a batch goes through encoder and head twice at once: the images as
 * they are, stacked on the images as they are trained on. Batch normalisation treats the two halves
 * as batches of their own. The first half labels the pairs, with the statistics of its batch, which
 * keep the images apart while the running averages are still those of an untrained network; the
 * second carries the gradient, and it alone is decoded. The configurations for reconstruction and
 * for pairs have the same layers in the same order, so their parameters are interchangeable.
 */
final class AdaptiveGraph {
  /** The vertex whose output is the code. */
  static final String CODE = "code";

  /** The vertex whose output is what the softmax takes. */
  static final String VALUES = "values";

  /** The vertex whose output is the reconstruction. */
  static final String RECONSTRUCTION = "reconstruction";

  private static final String IMAGE = "image";
  private static final String PAIRS = "pairs";

  private final AdaptiveNetwork network;
  private final AdaptiveOptions options;

  AdaptiveGraph(AdaptiveNetwork network, AdaptiveOptions options) {
    this.network = network;
    this.options = options;
  }

  AdaptiveNetwork network() {
    return network;
  }

  /** Returns the configuration that learns the reconstruction (L_r, Eq. 1) and that is applied. */
  ComputationGraphConfiguration reconstruction() {
    GraphBuilder graph = builder(1).addInputs(IMAGE);
    layers(graph, 1, IMAGE);
    return graph
        .addLayer(RECONSTRUCTION, squares(1), decoded())
        .addLayer(PAIRS, loss(new PairLoss(1, 0, 0, false, false)), VALUES)
        .setOutputs(RECONSTRUCTION, PAIRS)
        .build();
  }

  /**
   * Returns the configuration that learns {@code alpha L_r + beta L_c} (Eq. 6).
   *
   * @param xi of the thresholds
   * @param rate of learning, a share of the network's own
   * @param agreeing whether similarity and given clusters must say the same of a pair
   */
  ComputationGraphConfiguration pairs(double xi, double rate, boolean agreeing) {
    GraphBuilder graph = builder(rate).addInputs(IMAGE, "unchanged");
    layers(graph, 2, "unchanged", IMAGE);
    AdaptiveOptions.Thresholds thresholds = options.thresholds();
    PairLoss loss =
        new PairLoss(
            thresholds.u(xi), thresholds.l(xi), options.beta(), options.negatives(), agreeing);
    return graph
        .addLayer(RECONSTRUCTION, squares(options.alpha()), decoded())
        .addVertex("labelling", new UnstackVertex(0, 2), VALUES)
        .addVertex("learning", new UnstackVertex(1, 2), VALUES)
        .addVertex("both", new MergeVertex(), "labelling", "learning")
        .addLayer(PAIRS, loss(loss), "both")
        .setOutputs(RECONSTRUCTION, PAIRS)
        .build();
  }

  private GraphBuilder builder(double rate) {
    return new NeuralNetConfiguration.Builder()
        .seed(network.seed())
        .updater(new SplitAdam(rate * network.rate()))
        .weightInit(WeightInit.UNIFORM)
        .graphBuilder();
  }

  private void layers(GraphBuilder graph, int parts, String... inputs) {
    graph.addVertex("stacked", new StackVertex(), inputs);
    String before = "stacked";
    int last = network.encoder().size() - 1;
    for (int i = 0; i <= last; i++) {
      String name = i == last ? CODE : "encoded-" + (i + 1);
      add(graph, "encode-" + (i + 1), name, network.encoder().get(i), before, parts);
      before = name;
    }
    if (network.pooled()) {
      graph.addLayer("pooled", MeanPooling.of(network.code()), CODE);
      before = "pooled";
    }
    List<WindowLayer> head = network.head();
    for (int i = 0; i < head.size(); i++) {
      String name = i == head.size() - 1 ? VALUES : "headed-" + (i + 1);
      add(graph, "head-" + (i + 1), name, head.get(i), before, parts);
      before = name;
    }
    graph.addVertex("trained", new UnstackVertex(parts - 1, parts), CODE);
    before = "trained";
    for (int i = 0; i < network.decoder().size() - 1; i++) {
      String name = "decoded-" + (i + 1);
      add(graph, "decode-" + (i + 1), name, network.decoder().get(i), before, 1);
      before = name;
    }
    graph.addLayer(decoded(), network.decoder().get(network.decoder().size() - 1).clone(), before);
  }

  private static void add(
      GraphBuilder graph, String name, String normal, WindowLayer layer, String before, int parts) {
    MapShape shape = layer.output();
    graph
        .addLayer(name, layer.forParts(parts), before)
        .addLayer(normal, Normalization.of(shape, Activation.RELU).forParts(parts), name);
  }

  private String decoded() {
    return "decode-" + network.decoder().size();
  }

  /**
   * Returns {@code weight / 2} times the squared error, by option divided by an image's numbers.
   */
  private LossLayer squares(double weight) {
    int length = network.imageLength();
    double each = weight / 2 / (options.perPixel() ? length : 1);
    return loss(new LossL2(Nd4j.valueArrayOf(1, length, (float) each)));
  }

  private static LossLayer loss(ILossFunction function) {
    return new LossLayer.Builder(function).activation(Activation.IDENTITY).build();
  }
}
