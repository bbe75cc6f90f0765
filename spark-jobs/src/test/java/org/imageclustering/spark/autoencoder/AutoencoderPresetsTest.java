package org.imageclustering.spark.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.settings.Settings;
import org.imageclustering.spark.training.AutoencoderGraph;
import org.imageclustering.spark.training.NetworkState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AutoencoderPresetsTest {
  /** Weights and biases as counted by hand from the layers' sizes. */
  @ParameterizedTest
  @CsvSource({
    "aec-mnist, 28, 3330794",
    "aec-fashion, 28, 3330794",
    "aec-usps, 16, 2802266",
    "aec-mnist-paper, 28, 2097394",
    "aec-fashion-paper, 28, 2097394",
    "aec-usps-paper, 16, 1040866",
    "dcae-mnist, 28, 75531",
    "dcae-fashion, 28, 75531",
    "dcae-usps, 16, 75531",
    "dcae-mnist-paper, 28, 301399",
    "dcae-fashion-paper, 28, 301399",
    "dcae-usps-paper, 16, 135831"
  })
  void everyNetworkFitsItsImages(String name, int side, int parameters) {
    Config config = Settings.resolve(name, Map.of(), List.of(), new Configuration(false));
    MapShape image = new MapShape(side, side, 1);
    AutoencoderGraph graph =
        name.startsWith("aec")
            ? DenseNetwork.of(config, image)
            : ConvolutionalNetwork.of(config, image);
    assertThat(graph.imageLength()).isEqualTo(side * side);
    assertThat(NetworkState.initial(graph.configuration(0, 1)).parameters()).hasSize(parameters);
  }

  /** Maps of 3 pixels a side on 28, 16 and 8, of 7 on 64: 64 maps x 49 x 10 weights, twice. */
  @ParameterizedTest
  @CsvSource({"28, 75531", "25, 75531", "16, 75531", "8, 75531", "64, 129291"})
  void stridesOfTheDefaultFollowFromTheImage(int side, int parameters) {
    Config config = Settings.resolve("default", Map.of(), List.of(), new Configuration(false));
    AutoencoderGraph graph = ConvolutionalNetwork.of(config, new MapShape(side, side, 1));
    assertThat(NetworkState.initial(graph.configuration(0, 1)).parameters()).hasSize(parameters);
  }
}
