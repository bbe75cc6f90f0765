package org.imageclustering.spark.training.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.training.Natives;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Batch normalisation and pooling against hand-computed values and differences of the loss. */
final class NormalizationTest {
  private static final MapShape MAPS = new MapShape(2, 1, 2);
  private static final int BATCH = 8;
  private static final double RATE = 0.1;
  private static final float STEP = 3e-3f;

  @BeforeAll
  static void natives() {
    Natives.require();
  }

  @Test
  void aBatchHasMeanZeroAndVarianceOneByChannel() {
    ComputationGraph graph =
        graph(MAPS.length(), Normalization.of(MAPS, Activation.IDENTITY), MAPS.length());
    INDArray images = Nd4j.create(new float[][] {{1, 0, 3, 4}, {5, 0, 7, 4}});
    INDArray found = graph.feedForward(images, true).get("layer");
    // Channel 0: 1, 3, 5, 7; mean 4, variance 5. Channel 1: 0, 4, 0, 4; mean 2, variance 4.
    assertThat(found.getDouble(0, 0)).isCloseTo(-3 / Math.sqrt(5), within(1e-5));
    assertThat(found.getDouble(1, 2)).isCloseTo(3 / Math.sqrt(5), within(1e-5));
    assertThat(found.getDouble(1, 3)).isCloseTo(1, within(1e-5));
  }

  @Test
  void theRunningAveragesMoveToTheFirstPartAndAreUsedAfterwards() {
    Normalization layer = Normalization.of(MAPS, Activation.IDENTITY).forParts(2);
    ComputationGraph graph = graph(MAPS.length(), layer, MAPS.length());
    INDArray images = Nd4j.create(new float[][] {{1, 0, 3, 4}, {900, 900, 900, 900}});
    graph.fit(new MultiDataSet(images, images));
    double[] mean = {0.1 * 2, 0.1 * 2};
    double[] square = {0.9 + 0.1 * 5, 0.9 + 0.1 * 8};
    for (int c = 0; c < 2; c++) {
      assertThat(graph.getLayer("layer").getParam("mean").getDouble(c))
          .isCloseTo(mean[c], within(1e-5));
      assertThat(graph.getLayer("layer").getParam("square").getDouble(c))
          .isCloseTo(square[c], within(1e-5));
    }
    double gamma = graph.getLayer("layer").getParam("gamma").getDouble(0);
    double beta = graph.getLayer("layer").getParam("beta").getDouble(0);
    double expected = gamma * (3 - mean[0]) / Math.sqrt(square[0] - mean[0] * mean[0]) + beta;
    INDArray found = graph.feedForward(images, false).get("layer");
    assertThat(found.getDouble(0, 2)).isCloseTo(expected, within(1e-4));
  }

  @ParameterizedTest
  @CsvSource({"IDENTITY", "RELU"})
  void gradients(Activation activation) {
    MapShape maps = new MapShape(2, 2, 3);
    requireGradients(
        graph(5, Normalization.of(maps, activation), maps.length()),
        maps.length(),
        activation == Activation.RELU ? 6 : 0);
  }

  @Test
  void gradientsOfMeanPooling() {
    requireGradients(graph(5, MeanPooling.of(new MapShape(2, 3, 2)), 12), 2, 0);
  }

  private static void requireGradients(ComputationGraph graph, int outputs, int kinks) {
    MultiDataSet batch = new MultiDataSet(random(5, 3), random(outputs, 4));
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.computeGradientAndScore();
    INDArray gradient = graph.getFlattenedGradients().div(BATCH);
    INDArray parameters = graph.params();
    long learned = parameters.length() - averages(graph);
    int wrong = 0;
    for (int i = 0; i < learned; i++) {
      float value = parameters.getFloat(i);
      parameters.putScalar(i, value + STEP);
      double above = graph.score(batch, true);
      parameters.putScalar(i, value - STEP);
      double below = graph.score(batch, true);
      parameters.putScalar(i, value);
      double difference = (above - below) / (2 * STEP);
      double allowed = 0.02 * Math.abs(difference) + 0.01;
      wrong += Math.abs(difference - gradient.getDouble(i)) > allowed ? 1 : 0;
    }
    assertThat(wrong).isLessThanOrEqualTo(kinks);
  }

  /** They come last, and have no gradient. */
  private static long averages(ComputationGraph graph) {
    return graph.getLayer("layer").conf().getLayer() instanceof Normalization layer
        ? 2L * layer.getChannels()
        : 0;
  }

  /** A dense layer before, so that the gradient of the layer's input is tested too. */
  private static ComputationGraph graph(
      int inputs, org.deeplearning4j.nn.conf.layers.Layer layer, int between) {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .updater(new Sgd(RATE))
            .graphBuilder()
            .addInputs("image");
    String before = "image";
    if (inputs != between) {
      builder.addLayer("dense", Convolution.dense(inputs, between, Activation.IDENTITY), before);
      before = "dense";
    }
    builder
        .addLayer("layer", layer, before)
        .addLayer(
            "loss",
            new LossLayer.Builder(new LossL2()).activation(Activation.IDENTITY).build(),
            "layer");
    ComputationGraph graph = new ComputationGraph(builder.setOutputs("loss").build());
    graph.init();
    return graph;
  }

  private static INDArray random(int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[BATCH * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Nd4j.createFromArray(values).reshape('c', BATCH, columns);
  }
}
