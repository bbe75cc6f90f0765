package org.imageclustering.sanet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.imageclustering.UserException;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.neighbours.LocalNeighbours;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;
import org.imageclustering.sanet.SpectralOptions.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every affinity with every solver that serves it, in a layer of its own. */
final class ProceduresTest {
  private static final long SEED = Long.getLong("test.seed", System.nanoTime());
  private static final int IMAGES = 50;
  private static final FeatureMaps SAMPLE = images(IMAGES, SEED);

  private final Map<String, Object> measures = new HashMap<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "affinity = knn, k = 9, weights = gaussian, sigma = 2, connect = repair",
        "affinity = knn, k = 9, weights = fuzzy, solver = mini-batch, laplacian = rw",
        "affinity = epsilon, epsilon = 0.5, weights = self-tuning",
        "affinity = epsilon, epsilon = 2, weights = gaussian, laplacian = rw, connect = repair",
        "affinity = gaussian, sigma = 1, solver = lanczos",
        "affinity = gaussian, sigma = 2, columns = 100, sampling = uniform, laplacian = rw",
        "affinity = gaussian, sigma = 0.5, solver = mini-batch, iterations = 100",
        "affinity = self-tuning, solver = lanczos, laplacian = rw",
        "affinity = self-tuning, sampling = k-means, columns = 120",
        "affinity = self-tuning, solver = mini-batch, iterations = 100"
      })
  void fittedWindowsGetTheirOwnRowsAndNewOnesThoseOfTheirNearest(String procedure) {
    FittedLayer fitted = fit("embedding = unit", procedure);
    FeatureMaps again = fitted.layer().apply(SAMPLE);
    assertThat(again.values()).as("seed %d", SEED).isEqualTo(fitted.maps().values());
    int zeros = 0;
    for (int at = 0; at < again.values().length; at += 6) {
      double square = 0;
      for (int c = 0; c < 6; c++) {
        square += (double) again.values()[at + c] * again.values()[at + c];
      }
      zeros += square == 0 ? 1 : 0;
      assertThat(square == 0 ? 1 : square).as("seed %d", SEED).isCloseTo(1, within(1e-4));
    }
    assertThat(zeros).as("windows without features").isLessThan(again.values().length / 6 / 2);
    FeatureMaps unseen = fitted.layer().apply(images(5, SEED + 1));
    for (float value : unseen.values()) {
      assertThat(value).isBetween(-1.0001f, 1.0001f);
    }
  }

  @Test
  void aBrokenGraphIsReported() {
    fit("embedding = unit", "affinity = epsilon, epsilon = 0.5");
    assertThat((Integer) measures.get("one.p components")).isGreaterThan(1);
    assertThat(measures.get("one.p null vectors dropped"))
        .isEqualTo(measures.get("one.p components"));
    assertThat(measures.get("one.p eta exact")).isEqualTo(true);
    fit("embedding = unit", "affinity = epsilon, epsilon = 0.5, connect = repair");
    assertThat(measures.get("one.p joined"))
        .isEqualTo((Integer) measures.get("one.p components") - 1);
  }

  @Test
  void aFullGraphIsReported() {
    fit("embedding = unit", "affinity = epsilon, epsilon = 9, max-edges = 20");
    assertThat((Integer) measures.get("one.p nodes with more edges than kept")).isGreaterThan(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "affinity = gaussian, sigma = 1e-3 | p.sigma = 0.001 | sigma = 1.00 is the median distance",
        "affinity = gaussian, sigma = 1e-4, sigma-unit = absolute | p.sigma = 1.0E-4 | expected a wider one",
        "affinity = knn, weights = gaussian, sigma = 0.01 | p.sigma = 0.01 | sigma = 1.00 is the median",
        "affinity = epsilon, epsilon = 9, max-edges = 20, when-full = refuse | p.epsilon = 9.0 times eta | epsilon = ",
        "affinity = epsilon, epsilon = 0.5, connect = refuse | components, expected one | connect = repair",
        "affinity = self-tuning, solver = lanczos, dense-nodes = 100 | p.solver = lanczos | nystrom or mini-batch",
        "affinity = self-tuning, columns = 6 | p.columns: found 6 for 7 vectors | 7 or more"
      })
  void whatCannotWorkIsRefusedByName(String procedure, String found, String expected) {
    assertThatThrownBy(() -> fit("embedding = unit", procedure))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(found)
        .hasMessageContaining(expected);
  }

  @Test
  void moreEigenvectorsThanWindowsAreRefused() {
    assertThatThrownBy(() -> fit("eigenvectors = 1000", "affinity = self-tuning"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected at least 1002")
        .hasMessageContaining("1000 eigenvectors");
  }

  @Test
  void notANumberIsRefused() {
    FeatureMaps broken = images(IMAGES, SEED);
    broken.values()[700] = Float.NaN;
    assertThatThrownBy(() -> fit(broken, "embedding = unit", "affinity = knn"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("NaN")
        .hasMessageContaining("expected finite numbers");
  }

  @Test
  void fewWindowsGiveFewerEigenvectorsUnlessTheirNumberIsGiven() {
    FeatureMaps two = images(2, SEED);
    FittedLayer fitted = fit(two, "eigenvectors = auto", "affinity = knn, k = 9");
    int windows = ((Number) measures.get("one unique")).intValue();
    assertThat(windows).isBetween(10, 18);
    assertThat(fitted.maps().shape().channels()).as("seed %d", SEED).isEqualTo(windows - 2);
    assertThatThrownBy(() -> fit(two, "eigenvectors = 20", "affinity = knn, k = 9"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected at least 22 for k = 9 and 20 eigenvectors");
  }

  private FittedLayer fit(String layer, String procedure) {
    return fit(SAMPLE, layer, procedure);
  }

  private FittedLayer fit(FeatureMaps sample, String layer, String procedure) {
    String config =
        """
        fit-sample = 0, landmark-neighbours = 5, landmarks = 100000, network = [one]
        layer.one { type = spectral, patch = 5, stride = 4, eigenvectors = 6, procedures = [p], %s }
        procedure.p { %s }
        """
            .formatted(layer, procedure);
    SaNetOptions options = SaNetConfig.read(ConfigFactory.parseString(config));
    SpectralOptions spectral = (SpectralOptions) options.layers().get(0);
    FitContext context =
        new FitContext() {
          @Override
          public Neighbours searchSelf(NeighbourIndex index, int k) {
            return LocalNeighbours.search(index, k);
          }

          @Override
          public void measure(String stage, String key, Object value) {
            measures.put(stage + " " + key, value);
          }
        };
    return new SpectralLayerFit(spectral, 5, 100_000, 1, context).fit(sample, Role.FIRST);
  }

  /** Images of 12 x 12 with one of four bright bars each, and noise. */
  private static FeatureMaps images(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count * 144];
    for (int i = 0; i < values.length; i++) {
      int image = i / 144;
      int row = i / 12 % 12;
      int column = i % 12;
      boolean bright = image % 2 == 0 ? row / 3 == image / 2 % 4 : column / 3 == image / 2 % 4;
      values[i] = (float) ((bright ? 0.7 : 0) + random.nextDouble(0.3));
    }
    return new FeatureMaps(count, new MapShape(12, 12, 1), values);
  }
}
