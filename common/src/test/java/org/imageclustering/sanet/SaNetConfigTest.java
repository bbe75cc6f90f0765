package org.imageclustering.sanet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.PatchGeometry;
import org.imageclustering.sanet.SpectralOptions.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SaNetConfigTest {
  private static final String TWO_LAYERS =
      """
      fit-sample = 100, landmark-neighbours = 5, landmarks = 1000, network = [first, second, pool]
      layer.first { type = spectral, patch = auto, stride = auto, centering = mean, procedures = [a] }
      layer.second { type = spectral, padding = none, eigenvectors = 8, procedures = [a, b] }
      layer.pool { type = pooling, size = 2 }
      procedure.a { affinity = knn, k = 9 }
      procedure.b { affinity = knn, k = 17, laplacian = rw, weights = self-tuning }
      """;

  @Test
  void readsLayersAndProceduresInTheNetworksOrder() {
    SaNetOptions options = SaNetConfig.read(config(""));
    assertThat(options.layers())
        .extracting(LayerOptions::name)
        .containsExactly("first", "second", "pool");
    SpectralOptions second = (SpectralOptions) options.layers().get(1);
    assertThat(second.eigenvectors()).isEqualTo(8);
    assertThat(second.procedures())
        .extracting(procedure -> procedure.affinity().reach())
        .containsExactly(9, 17);
  }

  @ParameterizedTest
  @CsvSource({"28,28,9,5,36", "16,16,5,3,36", "32,32,11,6,36", "8,8,3,2,16", "60,40,17,9,35"})
  void derivesThePatchesOfTheFirstLayer(int h, int w, int patch, int stride, int positions) {
    SpectralOptions first = (SpectralOptions) SaNetConfig.read(config("")).layers().get(0);
    PatchGeometry geometry = first.geometry(new MapShape(h, w, 1), Role.FIRST);
    assertThat(geometry.patch()).isEqualTo(patch);
    assertThat(geometry.stride()).isEqualTo(stride);
    assertThat(geometry.positions()).isEqualTo(positions);
  }

  @Test
  void derivesThePatchesOfALaterLayer() {
    SpectralOptions second = (SpectralOptions) SaNetConfig.read(config("")).layers().get(1);
    PatchGeometry geometry = second.geometry(new MapShape(6, 6, 64), Role.LATER);
    assertThat(geometry.patch()).isEqualTo(4);
    assertThat(geometry.positions()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "layer.pool.sise = 3 | sise | [padding, size, stride, type]",
        "layer.pool.type = poling | poling | spectral, pooling, binarization or coding",
        "network = [first, secnd] | secnd | second",
        "network = [pool] | pool first | type spectral",
        "procedure.a.affinity = epsilon | the key k of a, with affinity epsilon | max-edges",
        "procedure.a.affinity = epsilom | epsilom | knn, epsilon",
        "procedure.a.solver = nystrm | nystrm | lanczos",
        "procedure.a.connect = maybe | maybe | keep, accept, repair, refuse",
        "procedure.a.sigma = 1 | the key sigma of a | weights",
        "procedure.a { weights = gaussian, sigma = 0 } | a.sigma: found 0.0 | above 0",
        "procedure.b = null, procedure.b { affinity = epsilon, epsilon = -1 } | b.epsilon: found -1.0 | above 0",
        "procedure.b = null, procedure.b { affinity = epsilon, max-edges = 3 } | b.max-edges: found 3 | 7 to 1000",
        "procedure.a.solver = nystrom | a.solver: found nystrom on a sparse graph | lanczos or mini-batch",
        "procedure.b = null, procedure.b { affinity = gaussian, connect = repair } | the key connect of b | columns",
        "procedure.b = null, procedure.b { affinity = gaussian, columns = 7 } | b.columns: found 7 for 8 vectors | auto: 1000",
        "procedure.b = null, procedure.b { affinity = self-tuning, sampling = gredy } | gredy | uniform, k-means, greedy",
        "procedure.b = null, procedure.b { affinity = self-tuning, solver = mini-batch, step = 2 } | b.step: found 2.0 | at most 1",
        "procedure.b = null, procedure.b { affinity = self-tuning, solver = lanczos, columns = 9 } | solver lanczos | dense-nodes",
        "procedure.a.k = 0 | found 0 | 1 to 1000",
        "layer.first.eigenvectors = 0 | found 0 | 1 to 1024",
        "layer.second.procedures = [] | nothing | at least one",
        "fit-sample = -1 | found -1 | 0 or more"
      })
  void refusesWhatItCannotUseByName(String change, String found, String expected) {
    assertThatThrownBy(() -> SaNetConfig.read(config(change)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(found)
        .hasMessageContaining(expected);
  }

  @Test
  void theSampleGrowsWithTheImagesAndShrinksWithTheWindows() {
    SaNetOptions options = SaNetConfig.read(config("fit-sample = auto, layer.first.patch = auto"));
    assertThat(options.isFullFit()).isFalse();
    MapShape digit = new MapShape(28, 28, 1);
    assertThat(options.sampled(digit, 100)).isEqualTo(8000);
    assertThat(options.sampled(digit, 60_000)).isEqualTo(15_000);
    assertThat(options.sampled(digit, 1_000_000_000)).isEqualTo(20_000);
    int large = options.sampled(new MapShape(400, 600, 3), 10_000);
    int larger = options.sampled(new MapShape(800, 1200, 3), 10_000);
    assertThat(large).isBetween(larger + 1, 7999);
    assertThat(larger).isPositive();
    assertThat(SaNetConfig.read(config("fit-sample = 70")).sampled(digit, 60_000)).isEqualTo(70);
  }

  @Test
  void aPatchLargerThanTheImageNamesItsLayer() {
    SaNetOptions options = SaNetConfig.read(config("layer.first.patch = 29"));
    assertThatThrownBy(() -> options.requireFits(new MapShape(28, 28, 1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot cut patches: found first.patch = 29 on an input of 28x28x1, expected 28 or less");
  }

  private static Config config(String change) {
    return ConfigFactory.parseString(change)
        .withFallback(ConfigFactory.parseString(TWO_LAYERS))
        .resolve();
  }
}
