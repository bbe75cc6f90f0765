package org.imageclustering.spark.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.training.Natives;
import org.imageclustering.spark.training.NetworkState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** The networks of Table 3, their shapes and their two configurations; options that do not fit. */
final class AdaptiveNetworkTest {
  private static final float STEP = 3e-3f;
  private static final String STL_10 =
      "dac { maps = [16, 32, 64, 128, 256], kernels = [5, 3, 3, 3, 3], strides = [4, 2, 2, 2, 1], code-pooling = mean }";

  @BeforeAll
  static void natives() {
    Natives.require();
  }

  @Test
  void oddSizesComeBackToTheImagesOwn() {
    AdaptiveNetwork network = network("", new MapShape(28, 28, 1));
    assertThat(network.shapes().stream().map(MapShape::height)).containsExactly(28, 14, 7, 4, 2);
    assertThat(network.code().length()).isEqualTo(256);
    assertThat(network.decoder().stream().map(layer -> layer.output().height()))
        .containsExactly(4, 7, 14, 28);
    assertThat(network.head().stream().map(layer -> layer.getNOut())).containsExactly(64L, 10L);
  }

  @ParameterizedTest
  @CsvSource({"32, 16 8 4 2", "17, 9 5 3 2", "16, 16 8 4 2", "8, 8 8 4 2", "2, 2 2 2 2"})
  void smallImagesKeepMapsOfTwoPixelsASide(int side, String heights) {
    AdaptiveNetwork network = network("", new MapShape(side, side + 3, 1));
    assertThat(network.shapes().stream().skip(1).map(s -> Integer.toString(s.height())))
        .containsExactly(heights.split(" "));
    assertThat(network.decoder().get(3).output()).isEqualTo(new MapShape(side, side + 3, 1));
  }

  @Test
  void theNetworkForLargeImagesPoolsItsCode() {
    AdaptiveNetwork network = network(STL_10, new MapShape(96, 96, 3));
    assertThat(network.code()).isEqualTo(new MapShape(3, 3, 256));
    assertThat(network.head().get(0).getNIn()).isEqualTo(256);
    assertThat(network.decoder().get(4).output()).isEqualTo(new MapShape(96, 96, 3));
  }

  @Test
  void bothConfigurationsHaveTheSameLayersInTheSameOrder() {
    AdaptiveGraph graph = graph(STL_10, new MapShape(32, 33, 3));
    assertThat(names(graph.pairs(0.1, 1, false))).isEqualTo(names(graph.reconstruction()));
  }

  @Test
  void aStepOnPairsMovesEncoderDecoderAndHeadAlike() {
    AdaptiveGraph graph =
        graph("dac.maps = [3, 4, 5, 6], dac.head = [12]", new MapShape(17, 16, 3));
    NetworkState start = NetworkState.initial(graph.reconstruction());
    ComputationGraph network =
        start.under(graph.pairs(0, 1, false), NetworkState.UpdaterState.ANEW).network();
    INDArray images = random(10, 17 * 16 * 3);
    INDArray none = Nd4j.valueArrayOf(new long[] {10, 1}, -1.0);
    for (int step = 0; step < 3; step++) {
      network.fit(new MultiDataSet(new INDArray[] {images, images}, new INDArray[] {images, none}));
    }
    for (String layer : List.of("encode-1", "encode-4", "head-1", "head-2", "decode-4")) {
      INDArray before = start.network().getLayer(layer).getParam("W");
      INDArray after = network.getLayer(layer).getParam("W");
      assertThat(after.sub(before).norm2Number().doubleValue()).as(layer).isGreaterThan(1e-3);
    }
    ComputationGraph applied =
        NetworkState.of(network)
            .under(graph.reconstruction(), NetworkState.UpdaterState.ANEW)
            .network();
    assertThat(applied.output(images)[0].shape()).containsExactly(10, 17 * 16 * 3);
  }

  /** The images that label have a forward pass alone; the loss does not depend on them here. */
  @Test
  void theGradientIsThatOfTheTrainedImages() {
    AdaptiveGraph graph =
        graph(
            "dac { maps = [3, 4], kernels = [3, 3], strides = [2, 2], head = [12], alpha = 20, reconstruction = per-image }",
            new MapShape(7, 6, 1));
    ComputationGraph network = new ComputationGraph(graph.pairs(0, 1, false));
    network.init();
    MultiDataSet batch =
        new MultiDataSet(
            new INDArray[] {random(12, 42), random(12, 42)},
            new INDArray[] {random(12, 42), clusters(12, 3)});
    network.setInputs(batch.getFeatures());
    network.setLabels(batch.getLabels());
    network.computeGradientAndScore();
    INDArray gradient = network.getFlattenedGradients().div(12);
    INDArray views = network.params();
    double scale = gradient.norm2Number().doubleValue() / Math.sqrt((double) gradient.length());
    int wrong = 0;
    int tried = 0;
    for (int i : learned(network)) {
      float value = views.getFloat(i);
      double above = scoreWith(network, batch, i, value + STEP);
      double below = scoreWith(network, batch, i, value - STEP);
      views.putScalar(i, value);
      double difference = (above - below) / (2 * STEP);
      wrong += Math.abs(difference - gradient.getDouble(i)) > 0.1 * scale ? 1 : 0;
      tried++;
    }
    // A kink of the rectifiers within a step makes single differences wrong.
    assertThat(tried).isGreaterThan(100);
    assertThat(wrong).isLessThan(tried / 10);
  }

  private static double scoreWith(
      ComputationGraph network, MultiDataSet batch, int parameter, float value) {
    network.params().putScalar(parameter, value);
    return network.score(batch, true);
  }

  private static INDArray clusters(int images, int count) {
    INDArray clusters = Nd4j.create(images, 1);
    for (int i = 0; i < images; i++) {
      clusters.putScalar(i, i % count);
    }
    return clusters;
  }

  /** Every fifth parameter, but for the running averages. */
  private static List<Integer> learned(ComputationGraph network) {
    List<Integer> places = new ArrayList<>();
    int first = 0;
    for (var layer : network.getLayers()) {
      for (var named : layer.paramTable().entrySet()) {
        int length = (int) named.getValue().length();
        boolean isAverage = named.getKey().equals("mean") || named.getKey().equals("square");
        for (int i = 0; i < length && !isAverage; i += 5) {
          places.add(first + i);
        }
        first += length;
      }
    }
    return places;
  }

  @Test
  void theSameStepsGiveTheSameNetwork() {
    AdaptiveGraph graph = graph("", new MapShape(28, 28, 1));
    INDArray images = random(64, 784);
    INDArray none = Nd4j.valueArrayOf(new long[] {64, 1}, -1.0);
    for (boolean pairs : new boolean[] {false, true}) {
      INDArray[] in = pairs ? new INDArray[] {images, images} : new INDArray[] {images};
      MultiDataSet batch = new MultiDataSet(in, new INDArray[] {images, none});
      ComputationGraph[] networks = new ComputationGraph[2];
      for (int i = 0; i < 2; i++) {
        networks[i] =
            NetworkState.initial(graph.reconstruction())
                .under(
                    pairs ? graph.pairs(0, 1, false) : graph.reconstruction(),
                    NetworkState.UpdaterState.ANEW)
                .network();
      }
      for (int step = 0; step < 8; step++) {
        for (ComputationGraph network : networks) {
          network.fit(batch);
        }
        for (String name : networks[0].paramTable().keySet()) {
          assertThat(networks[1].getParam(name).toString())
              .as("%s after step %d, pairs %s", name, step, pairs)
              .isEqualTo(networks[0].getParam(name).toString());
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dac.lower = 0.96 | dac.lower: found 0.96, expected 0 to dac.upper, 0.95",
        "training.batch = 1 | training.batch for dac: found 1, expected 2 or more",
        "clusters = 65 | --clusters 65 for dac: found a head of 64 numbers before the clusters",
        "dac.strides = [2, 2, 2, 4] | found maps of 3x3x32 before convolution 4, expected at least 4 x 4",
        "dac.kernels = [3, 3, 1, 3] | found 1 with stride 2 in convolution 3, expected at least the stride",
        "dac.strides = [2, 2] | dac.strides: found 2 entries, expected as many as dac.maps, 4",
        "dac.beta = 0 | dac.beta: found 0.0, expected more than 0",
        "dac.pairs = all | dac.pairs: found \"all\"",
        "dac.first-features = sift | dac.first-features: found \"sift\"",
        "hog.cell = 20 | hog.cell: found cells of 20 pixels in images of 24x24x1",
        "dac.rate-end = 0 | dac.rate-end: found 0.0, expected more than 0, at most 1",
        "training.epoch-images = -1 | training.epoch-images: found -1, expected 0 or more",
        "dac.shift = -1 | dac.shift: found -1, expected 0 or more"
      })
  void refusesWhatDoesNotFit(String settings, String message) {
    assertThatThrownBy(() -> AdaptiveChecks.require(config(settings), new MapShape(24, 24, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message.strip());
  }

  @Test
  void theRateFallsToItsEnd() {
    AdaptiveOptions options = AdaptiveOptions.of(config("dac { epochs = 5, rate-end = 0.2 }"));
    assertThat(options.rate(1)).isEqualTo(1);
    assertThat(options.rate(3)).isCloseTo(0.6, within(1e-12));
    assertThat(options.rate(5)).isCloseTo(0.2, within(1e-12));
    assertThat(AdaptiveOptions.of(config("dac.epochs = 1")).rate(1)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "dac.first-clusters = spectral, true",
    "dac.first-clusters = none, false",
    "dac.disputed-pairs = train, false"
  })
  void thereMustBeFirstClustersToDisputeAPair(String settings, boolean isAgreeing) {
    assertThat(AdaptiveOptions.of(config(settings)).isAgreeing()).isEqualTo(isAgreeing);
  }

  @Test
  void changesAreShiftsAndFlipsOfThePixels() {
    MapShape image = new MapShape(2, 3, 1);
    float[] pixels = {1, 2, 3, 4, 5, 6};
    List<String> found =
        changed(new Changes.Ranges(0, true, 0, 0, 0), image, pixels).stream().distinct().toList();
    assertThat(found)
        .containsExactlyInAnyOrder(
            "[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]", "[3.0, 2.0, 1.0, 6.0, 5.0, 4.0]");
    List<String> shifted = changed(new Changes.Ranges(1, false, 0, 0, 0), image, pixels);
    assertThat(shifted.stream().distinct()).hasSize(9).contains("[4.0, 4.0, 5.0, 4.0, 4.0, 5.0]");
  }

  private static List<String> changed(Changes.Ranges ranges, MapShape image, float[] pixels) {
    Changes changes = Changes.of(ranges, image);
    SplittableRandom random = new SplittableRandom(4);
    return IntStream.range(0, 200)
        .mapToObj(
            i -> {
              float[] to = new float[pixels.length];
              changes.write(pixels, 0, to, 0, random);
              return Arrays.toString(to);
            })
        .toList();
  }

  private static List<String> names(ComputationGraphConfiguration configuration) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return Arrays.stream(graph.getLayers())
        .filter(layer -> layer.numParams() > 0)
        .map(layer -> layer.conf().getLayer().getLayerName())
        .toList();
  }

  private static INDArray random(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(8);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Nd4j.create(values, new long[] {rows, columns}, 'c');
  }

  private static AdaptiveGraph graph(String settings, MapShape image) {
    return new AdaptiveGraph(network(settings, image), AdaptiveOptions.of(config(settings)));
  }

  private static AdaptiveNetwork network(String settings, MapShape image) {
    return AdaptiveNetwork.of(config(settings), image);
  }

  private static Config config(String settings) {
    return ConfigFactory.parseString(settings)
        .withFallback(ConfigFactory.parseString("clusters = 10, final = own"))
        .withFallback(ConfigFactory.parseResources("reference.conf"));
  }
}
