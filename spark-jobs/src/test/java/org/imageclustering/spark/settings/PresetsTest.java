package org.imageclustering.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.patch.MapShape;
import org.imageclustering.sanet.SaNetConfig;
import org.imageclustering.sanet.SaNetOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PresetsTest {
  /** The sizes of the paper's section 4: images, layers, and procedures of the first layer. */
  @ParameterizedTest
  @CsvSource({
    "default, 28, 28, 1, 2, 2",
    "sa-net-mnist, 28, 28, 1, 2, 2",
    "sa-net-mnist-paper, 28, 28, 1, 5, 8",
    "sa-net-usps, 16, 16, 1, 2, 2",
    "sa-net-usps-paper, 16, 16, 1, 5, 8",
    "sa-net-faces, 60, 50, 1, 2, 2",
    "sa-net-faces-paper, 60, 50, 1, 5, 8",
    "sa-net-natural, 32, 32, 3, 3, 3",
    "sa-net-natural-2-paper, 32, 32, 3, 5, 16",
    "sa-net-natural-3-paper, 32, 32, 3, 7, 16",
    "sa-net-natural-5-paper, 32, 32, 3, 11, 16",
    "sa-net-fashion, 600, 400, 3, 3, 2",
    "sa-net-fashion-paper, 600, 400, 3, 5, 8"
  })
  void everyNetworkFitsItsImages(
      String name, int height, int width, int channels, int layers, int procedures) {
    Config config = Settings.resolve(name, Map.of(), List.of(), new Configuration(false));
    SaNetOptions options = SaNetConfig.read(config.getConfig("sa-net"));
    options.requireFits(new MapShape(height, width, channels));
    assertThat(options.layers()).hasSize(layers);
    assertThat(config.getStringList("sa-net.layer.first.procedures")).hasSize(procedures);
  }

  @Test
  void everyPresetResolves() {
    for (String name : Presets.names()) {
      assertThat(Settings.resolve(name, Map.of(), List.of(), new Configuration(false)))
          .as(name)
          .isNotNull();
    }
  }
}
