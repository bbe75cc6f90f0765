package org.imageclustering.spark.training.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.imageclustering.spark.training.Natives;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Values against plain loops, gradients against differences of the loss. */
final class WindowLayerTest {
  private static final MapShape IMAGE = new MapShape(6, 5, 2);
  private static final int BATCH = 9;
  private static final float STEP = 5e-3f;

  @BeforeAll
  static void natives() {
    Natives.require();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, NONE, SIGMOID",
    "3, 2, SAME, SIGMOID",
    "3, 1, SAME, IDENTITY",
    "4, 3, NONE, RELU",
    "1, 1, NONE, LEAKYRELU"
  })
  void gradientsOfConvolutionThenDense(
      int kernel, int stride, Padding padding, Activation activation) {
    WindowLayer first = Convolution.of(IMAGE, 3, kernel, stride, padding, activation);
    WindowLayer second = Convolution.dense(first.output().length(), 4, Activation.SIGMOID);
    requireGradients(first, second);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 1, NONE, SIGMOID",
    "3, 2, SAME, SIGMOID",
    "2, 2, NONE, RELU",
    "1, 1, SAME, IDENTITY"
  })
  void gradientsOfDenseThenDeconvolution(
      int kernel, int stride, Padding padding, Activation activation) {
    WindowLayer twin = Convolution.of(IMAGE, 3, kernel, stride, padding, activation);
    WindowLayer first = Convolution.dense(7, twin.output().length(), Activation.SIGMOID);
    requireGradients(first, Deconvolution.to(IMAGE, 3, kernel, stride, padding, activation));
  }

  @Test
  void gradientsOfADeconvolutionFromASinglePosition() {
    MapShape image = new MapShape(3, 3, 2);
    requireGradients(
        Convolution.dense(5, 6, Activation.IDENTITY),
        Deconvolution.to(image, 6, 3, 1, Padding.NONE, Activation.SIGMOID));
  }

  @Test
  void aConvolutionIsWhatPlainLoopsGive() {
    Convolution layer = Convolution.of(IMAGE, 3, 3, 2, Padding.SAME, Activation.IDENTITY);
    ComputationGraph graph = graph(layer);
    INDArray images = random(BATCH, IMAGE.length(), 3);
    INDArray found = graph.feedForward(images, false).get("layer-0");
    assertThat(layer.output()).isEqualTo(new MapShape(3, 3, 3));
    INDArray weights = graph.getLayer("layer-0").getParam("W");
    for (int image = 0; image < BATCH; image += 4) {
      for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 3; column++) {
          double[] expected = plain(images, image, weights, 2 * row, 2 * column - 1);
          for (int map = 0; map < 3; map++) {
            assertThat(found.getDouble(image, (row * 3 + column) * 3 + map))
                .isCloseTo(expected[map], within(1e-5));
          }
        }
      }
    }
  }

  /** The window of 3 x 3 whose first row and column are these; one row of zeros lies below. */
  private static double[] plain(INDArray images, int image, INDArray weights, int top, int left) {
    double[] maps = new double[3];
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 3; x++) {
        if (top + y >= 6 || left + x < 0 || left + x >= 5) {
          continue;
        }
        for (int channel = 0; channel < 2; channel++) {
          double pixel = images.getDouble(image, ((top + y) * 5 + left + x) * 2 + channel);
          for (int map = 0; map < 3; map++) {
            maps[map] += pixel * weights.getDouble((y * 3 + x) * 2 + channel, map);
          }
        }
      }
    }
    return maps;
  }

  @Test
  void layersSurviveJson() {
    ComputationGraph graph = graph(Convolution.of(IMAGE, 3, 3, 2, Padding.SAME, Activation.RELU));
    String json = graph.getConfiguration().toJson();
    ComputationGraph again = new ComputationGraph(ComputationGraphConfiguration.fromJson(json));
    again.init(graph.params().dup(), false);
    INDArray images = random(BATCH, IMAGE.length(), 5);
    assertThat(again.outputSingle(images)).isEqualTo(graph.outputSingle(images));
  }

  @Test
  void theFirstLayerNeedsNoGradientOfItsInput() {
    WindowLayer[] with = {
      Convolution.of(IMAGE, 3, 3, 1, Padding.NONE, Activation.RELU),
      Convolution.dense(36, 4, Activation.IDENTITY)
    };
    WindowLayer[] without = {
      Convolution.of(IMAGE, 3, 3, 1, Padding.NONE, Activation.RELU).withoutInputGradient(),
      Convolution.dense(36, 4, Activation.IDENTITY)
    };
    MultiDataSet batch = batch(graph(with), 4);
    assertThat(gradient(graph(without), batch)).isEqualTo(gradient(graph(with), batch));
  }

  @Test
  void rowsWithoutGradientChangeNothing() {
    WindowLayer[] layers = {
      Convolution.of(IMAGE, 3, 3, 2, Padding.SAME, Activation.RELU),
      Deconvolution.to(IMAGE, 3, 3, 2, Padding.SAME, Activation.IDENTITY)
    };
    ComputationGraph graph = graph(layers);
    INDArray images = random(BATCH, IMAGE.length(), 3);
    INDArray expected = graph.outputSingle(true, images).dup();
    INDArray wanted = random(BATCH, IMAGE.length(), 4);
    // The first five are as wanted already: no gradient.
    wanted
        .get(NDArrayIndex.interval(0, 5), NDArrayIndex.all())
        .assign(expected.get(NDArrayIndex.interval(0, 5), NDArrayIndex.all()));
    INDArray all = gradient(graph, new MultiDataSet(images, wanted)).mul(BATCH);
    MultiDataSet some =
        new MultiDataSet(
            images.get(NDArrayIndex.interval(5, BATCH), NDArrayIndex.all()).dup('c'),
            wanted.get(NDArrayIndex.interval(5, BATCH), NDArrayIndex.all()).dup('c'));
    INDArray alone = gradient(graph(layers), some).mul(BATCH);
    for (long i = 0; i < all.length(); i++) {
      assertThat(all.getDouble(i)).isCloseTo(alone.getDouble(i), within(1e-3));
    }
  }

  private static void requireGradients(WindowLayer... layers) {
    ComputationGraph graph = graph(layers);
    MultiDataSet batch = batch(graph, 11);
    INDArray gradient = gradient(graph, batch);
    INDArray parameters = graph.params();
    double scale = gradient.norm2Number().doubleValue() / Math.sqrt((double) gradient.length());
    int wrong = 0;
    for (int i = 0; i < parameters.length(); i++) {
      float value = parameters.getFloat(i);
      double above = loss(graph, batch, i, value + STEP);
      double below = loss(graph, batch, i, value - STEP);
      parameters.putScalar(i, value);
      double difference = (above - below) / (2 * STEP);
      // A kink of the rectifier within a step makes single differences wrong.
      if (Math.abs(difference - gradient.getDouble(i))
          > 0.02 * Math.abs(difference) + 0.02 * scale) {
        wrong++;
      }
    }
    boolean smooth =
        java.util.Arrays.stream(layers)
            .noneMatch(layer -> layer.getActivationFn().toString().contains("elu"));
    assertThat(wrong).isLessThanOrEqualTo(smooth ? 0 : (int) (parameters.length() / 20));
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

  private static MultiDataSet batch(ComputationGraph graph, long seed) {
    WindowLayer first = (WindowLayer) graph.getLayer("layer-0").conf().getLayer();
    int last = graph.getNumLayers() - 2;
    WindowLayer end = (WindowLayer) graph.getLayer("layer-" + last).conf().getLayer();
    return new MultiDataSet(
        random(BATCH, (int) first.getNIn(), seed), random(BATCH, (int) end.getNOut(), seed + 1));
  }

  private static ComputationGraph graph(WindowLayer... layers) {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(7)
            .updater(new Sgd(0.1))
            .weightInit(WeightInit.UNIFORM)
            .graphBuilder()
            .addInputs("image");
    String before = "image";
    for (int i = 0; i < layers.length; i++) {
      builder.addLayer("layer-" + i, layers[i], before);
      before = "layer-" + i;
    }
    builder.addLayer(
        "loss",
        new LossLayer.Builder(new LossL2()).activation(Activation.IDENTITY).build(),
        before);
    ComputationGraph graph = new ComputationGraph(builder.setOutputs("loss").build());
    graph.init();
    return graph;
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
