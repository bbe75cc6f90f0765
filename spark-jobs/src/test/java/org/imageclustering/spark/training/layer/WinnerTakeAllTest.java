package org.imageclustering.spark.training.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.imageclustering.spark.training.Natives;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * Winners against values by hand, the gradient against differences of the loss, and the few numbers
 * that win against the products of whole matrices.
 */
final class WinnerTakeAllTest {
  private static final MapShape IMAGE = new MapShape(12, 11, 1);
  private static final int MAPS = 16;
  private static final int BATCH = 10;

  @BeforeAll
  static void natives() {
    Natives.require();
  }

  /** Three images of 1 x 3 positions and 2 maps; a third of three images is one. */
  @Test
  void theLargestOfEachMapStaysInTheImagesWhereItIsLargest() {
    ComputationGraph graph = alone(new MapShape(1, 3, 2), 1.0 / 3);
    INDArray images =
        Nd4j.createFromArray(
            new float[][] {
              // Map 0: 1 2 3; map 1: 9 0 9: the lower position wins.
              {1, 9, 2, 0, 3, 9},
              // Map 0: 8 4 5; map 1: 1 1 1.
              {8, 1, 4, 1, 5, 1},
              // Map 0: 8 0 0: as large as in the image before, which wins; map 1: 2 7 1.
              {8, 2, 0, 7, 0, 1}
            });
    Layer layer = graph.getLayer("winners");
    INDArray found = layer.activate(images, true, LayerWorkspaceMgr.noWorkspaces());
    assertThat(found.toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 9, 0, 0, 0, 0}, {8, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}});
    INDArray arriving = Nd4j.createFromArray(new float[][] {row(1), row(7), row(13)});
    INDArray passed =
        layer.backpropGradient(arriving, LayerWorkspaceMgr.noWorkspaces()).getSecond();
    assertThat(passed.toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 2, 0, 0, 0, 0}, {7, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}});
  }

  private static float[] row(int first) {
    return new float[] {first, first + 1, first + 2, first + 3, first + 4, first + 5};
  }

  @Test
  void outsideTrainingEverythingStays() {
    INDArray images = random(BATCH, 6, 1);
    assertThat(alone(new MapShape(1, 3, 2), 0.1).feedForward(images, false).get("winners"))
        .isEqualTo(images);
  }

  @Test
  void negativeNumbersAreOrderedTooAndZerosWinNothing() {
    ComputationGraph graph = alone(new MapShape(2, 1, 1), 0.5);
    INDArray images = Nd4j.createFromArray(new float[][] {{-3, -2}, {-1, -4}, {0, -1}, {-5, -6}});
    INDArray found = graph.feedForward(images, true).get("winners");
    assertThat(found.toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 0}, {-1, 0}, {0, 0}, {0, 0}});
  }

  @Test
  void aShareOutsideItsRangeIsRefused() {
    assertThatThrownBy(() -> new WinnerTakeAll(IMAGE, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("share of 0.0");
  }

  @ParameterizedTest
  @EnumSource(
      value = Activation.class,
      names = {"SIGMOID", "LEAKYRELU"})
  void theGradientIsThatOfTheWinnersAlone(Activation activation) {
    ComputationGraph graph = autoencoder(activation, true);
    MultiDataSet batch = batch();
    INDArray gradient = gradient(graph, batch);
    INDArray parameters = graph.params();
    double scale = gradient.norm2Number().doubleValue() / Math.sqrt((double) gradient.length());
    float step = 1e-3f;
    int wrong = 0;
    int checked = 0;
    for (int i = 0; i < parameters.length(); i += 7) {
      float value = parameters.getFloat(i);
      double difference =
          (loss(graph, batch, i, value + step) - loss(graph, batch, i, value - step)) / (2 * step);
      parameters.putScalar(i, value);
      double error = Math.abs(difference - gradient.getDouble(i));
      // Where a step makes another number win, or crosses a kink, the loss itself jumps.
      wrong += error > 0.02 * Math.abs(difference) + 0.05 * scale ? 1 : 0;
      checked++;
    }
    assertThat(wrong).isLessThanOrEqualTo(checked / 20);
    assertThat(scale).isPositive();
  }

  @Test
  void fewNumbersGiveWhatWholeMatricesGive() {
    MultiDataSet batch = batch();
    INDArray few = gradient(autoencoder(Activation.RELU, true), batch);
    INDArray whole = gradient(autoencoder(Activation.RELU, false), batch);
    double scale = whole.norm2Number().doubleValue() / Math.sqrt((double) whole.length());
    for (int i = 0; i < whole.length(); i++) {
      assertThat(few.getDouble(i)).isCloseTo(whole.getDouble(i), within(1e-4 * scale + 1e-9));
    }
  }

  @Test
  void windowsUnfoldedByRowsGiveTheProductWithWholeWindows() {
    MapShape maps = new MapShape(9, 8, 16);
    for (Padding padding : Padding.values()) {
      Convolution layer = Convolution.of(maps, 5, 3, 1, padding, Activation.IDENTITY);
      assertThat(UnfoldedRows.suit(layer.windows())).isEqualTo(padding == Padding.SAME);
      int length = layer.weightRows();
      INDArray image = random(1, maps.length(), 2);
      INDArray weights = random(length, 5, 3);
      INDArray found = Nd4j.create(1, layer.windows().positions() * 5);
      UnfoldedRows rows = new UnfoldedRows(layer.windows(), 5);
      rows.times(0, NativeFloats.of(image), NativeFloats.of(weights), NativeFloats.of(found));
      float[] unfolded = new float[layer.windows().positions() * length];
      layer.windows().unfold(image.data().asFloat(), 0, unfolded, 0);
      INDArray expected =
          Nd4j.createFromArray(unfolded)
              .reshape('c', layer.windows().positions(), length)
              .mmul(weights);
      for (int i = 0; i < found.length(); i++) {
        int row = i / 5;
        assertThat(found.getDouble(i)).isCloseTo(expected.getDouble(row, i % 5), within(1e-4));
      }
    }
  }

  @Test
  void theLayersSurviveJson() {
    ComputationGraph graph = autoencoder(Activation.LEAKYRELU, true);
    String json = graph.getConfiguration().toJson();
    ComputationGraph again = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
    again.init(graph.params().dup(), false);
    MultiDataSet batch = batch();
    assertThat(gradient(again, batch)).isEqualTo(gradient(graph, batch));
    assertThat(again.score(batch, false)).isNotEqualTo(again.score(batch, true));
  }

  private static double loss(ComputationGraph graph, MultiDataSet batch, int i, float value) {
    graph.params().putScalar(i, value);
    return graph.score(batch, true);
  }

  private static INDArray gradient(ComputationGraph graph, MultiDataSet batch) {
    graph.setInputs(batch.getFeatures());
    graph.setLabels(batch.getLabels());
    graph.computeGradientAndScore();
    return graph.getFlattenedGradients().div(BATCH);
  }

  private static MultiDataSet batch() {
    INDArray images = random(BATCH, IMAGE.length(), 4);
    return new MultiDataSet(images, images);
  }

  private static ComputationGraph alone(MapShape maps, double share) {
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .updater(new Sgd(0.1))
                .graphBuilder()
                .addInputs("image")
                .addLayer("winners", new WinnerTakeAll(maps, share), "image")
                .addLayer("loss", loss(), "winners")
                .setOutputs("loss")
                .build());
    graph.init();
    return graph;
  }

  private static ComputationGraph autoencoder(Activation activation, boolean sparse) {
    WindowLayer first = Convolution.of(IMAGE, MAPS, 3, 1, Padding.SAME, activation);
    WindowLayer second = Convolution.of(first.output(), MAPS, 3, 1, Padding.SAME, activation);
    Deconvolution decoder = Deconvolution.to(IMAGE, MAPS, 5, 1, Padding.SAME, Activation.IDENTITY);
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(7)
                .updater(new Sgd(0.1))
                .weightInit(WeightInit.UNIFORM)
                .graphBuilder()
                .addInputs("image")
                .addLayer("first", first.withoutInputGradient(), "image")
                .addLayer("second", second, "first")
                .addLayer("winners", new WinnerTakeAll(second.output(), 0.2), "second")
                .addLayer("decoder", sparse ? decoder.ofWinners() : decoder, "winners")
                .addLayer("loss", loss(), "decoder")
                .setOutputs("loss")
                .build());
    graph.init();
    return graph;
  }

  private static LossLayer loss() {
    return new LossLayer.Builder(new LossL2()).activation(Activation.IDENTITY).build();
  }

  private static INDArray random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Nd4j.createFromArray(values).reshape('c', rows, columns);
  }
}
