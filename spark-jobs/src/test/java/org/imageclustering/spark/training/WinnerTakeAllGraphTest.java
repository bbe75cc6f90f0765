package org.imageclustering.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.learning.config.Adam;

/** The network epoch by epoch. */
final class WinnerTakeAllGraphTest {
  private static final MapShape IMAGE = new MapShape(12, 10, 3);

  @BeforeAll
  static void natives() {
    Natives.require();
  }

  @Test
  void rectifiersLeakUntilTheSwitch() {
    WinnerTakeAllGraph graph = graph("wta { epochs = 5, leaky-share = 0.4, slope = 0.02 }");
    for (int epoch = 1; epoch <= 2; epoch++) {
      assertThat(activation(graph.configuration(epoch), "encode-1"))
          .isEqualTo(new ActivationLReLU(0.02));
      assertThat(activation(graph.configuration(epoch), WinnerTakeAllGraph.CODE))
          .isEqualTo(new ActivationLReLU(0.02));
    }
    assertThat(activation(graph.configuration(3), "encode-1")).isInstanceOf(ActivationReLU.class);
    assertThat(activation(graph.configuration(3), WinnerTakeAllGraph.CODE))
        .isInstanceOf(ActivationReLU.class);
  }

  @Test
  void aTrainedNetworkDoesNotLeakEvenWhereAllEpochsDid() {
    WinnerTakeAllGraph graph = graph("wta { epochs = 2, leaky-share = 1.0 }");
    assertThat(activation(graph.finished(), WinnerTakeAllGraph.CODE))
        .isInstanceOf(ActivationReLU.class);
  }

  @Test
  void theRateFallsByTheSameFactor() {
    WinnerTakeAllGraph graph = graph("wta { epochs = 3, rate = 1e-2, rate-end = 1e-4 }");
    assertThat(rate(graph, 1)).isCloseTo(1e-2, within(1e-12));
    assertThat(rate(graph, 2)).isCloseTo(1e-3, within(1e-12));
    assertThat(rate(graph, 3)).isCloseTo(1e-4, within(1e-12));
  }

  @Test
  void fewImagesTakeMoreEpochs() {
    WinnerTakeAllOptions options =
        new WinnerTakeAllOptions(
            List.of(4), List.of(3), 5, 0.05, 2, 1000, 0.5, 0.01, 1e-3, 1e-4, 1);
    TrainingOptions one = new TrainingOptions(32, 0, 20, 0, 0, 0, 1);
    TrainingOptions four = new TrainingOptions(32, 4, 20, 0, 0, 0, 1);
    assertThat(options.forImages(60_000, one).epochs()).isEqualTo(2);
    assertThat(options.forImages(3200, one).epochs()).isEqualTo(10);
    assertThat(options.forImages(3200, four).epochs()).isEqualTo(40);
    assertThat(options.forImages(10, one).epochs()).isEqualTo(1000);
    assertThat(options.forImages(3200, one).isLeaky(5)).isTrue();
    assertThat(options.forImages(3200, one).isLeaky(6)).isFalse();
  }

  @Test
  void mapsHaveTheImagesSizeAndParametersAreThoseOfThePapersLayers() {
    WinnerTakeAllGraph graph = graph("wta { maps = [4, 6], kernels = [5, 3], decoder-kernel = 7 }");
    assertThat(graph.code()).isEqualTo(new MapShape(12, 10, 6));
    int convolutions = 5 * 5 * 3 * 4 + 4 + 3 * 3 * 4 * 6 + 6;
    int decoder = 6 * 7 * 7 * 3 + 3;
    assertThat(NetworkState.initial(graph.configuration(1)).parameters())
        .hasSize(convolutions + decoder);
    assertThat(graph.work()).isEqualTo(12 * 10 * (5 * 5 * 3 * 4 + 3 * 3 * 4 * 6));
  }

  @Test
  void aKernelLargerThanTheImageIsRefused() {
    assertThatThrownBy(() -> graph("wta.decoder-kernel = 11"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use wta.decoder-kernel: found 11, expected at most 10, the shorter side of images of 12 x 10");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 28, 28, 11",
    "0, 11, 40, 11",
    "0, 12, 10, 9",
    "0, 8, 8, 7",
    "0, 1, 1, 1",
    "5, 8, 8, 5"
  })
  void theDecodersKernelFitsSmallImages(int given, int height, int width, int expected) {
    WinnerTakeAllOptions options =
        new WinnerTakeAllOptions(
            List.of(4), List.of(1), given, 0.05, 2, 1000, 0.5, 0.01, 1e-3, 1e-4, 1);
    MapShape image = new MapShape(height, width, 1);
    int parameters = (4 + 4) + (4 * expected * expected + 1);
    assertThat(
            NetworkState.initial(new WinnerTakeAllGraph(options, image).configuration(1))
                .parameters())
        .hasSize(parameters);
  }

  private static double rate(WinnerTakeAllGraph graph, int epoch) {
    BaseLayer layer = (BaseLayer) layer(graph.configuration(epoch), "encode-1").getLayer();
    return ((Adam) layer.getIUpdater()).getLearningRate();
  }

  private static IActivation activation(ComputationGraphConfiguration graph, String vertex) {
    return ((BaseLayer) layer(graph, vertex).getLayer()).getActivationFn();
  }

  private static org.deeplearning4j.nn.conf.NeuralNetConfiguration layer(
      ComputationGraphConfiguration graph, String vertex) {
    return ((LayerVertex) graph.getVertices().get(vertex)).getLayerConf();
  }

  private static WinnerTakeAllGraph graph(String settings) {
    Config config =
        ConfigFactory.parseString(settings)
            .withFallback(
                ConfigFactory.parseString("clusters = 2, wta.decoder-kernel = 7")
                    .withFallback(ConfigFactory.parseResources("reference.conf")));
    return new WinnerTakeAllGraph(WinnerTakeAllOptions.of(config), IMAGE);
  }
}
