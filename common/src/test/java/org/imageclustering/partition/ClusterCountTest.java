package org.imageclustering.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.Symmetrisation;
import org.imageclustering.spectral.EigenSolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The suggestion for K, on graphs whose groups are known and on measured curves. */
final class ClusterCountTest {
  /** Of descriptors of 10,000 digits. */
  private static final double[] DIGITS = {
    0, 0, .4709, .6347, .7093, .7781, .8011, .8206, .8388, .8542, .8693, .8751, .8767, .8776, .8778
  };

  /** Of a set that has no classes of equal size. */
  private static final double[] GARMENTS = {
    0, 0, .4731, .6163, .6903, .7284, .7473, .7594, .7666, .7729, .7767, .7791, .7797, .7799, .7799
  };

  @Test
  void theElbowIsWhereGainsFallAndStayLow() {
    ClusterCount count = ClusterCount.of(DIGITS, new double[DIGITS.length]);
    assertThat(count.hasElbow()).isTrue();
    assertThat(count.suggestion()).isEqualTo(10);
    assertThat(count.explanation())
        .startsWith("10 clusters: the modularity has its elbow there; the eigenvalues show no gap");
  }

  @Test
  void aSmoothCurveHasNoneAndSaysSo() {
    double[] gaps = new double[GARMENTS.length];
    gaps[8] = 0.01;
    ClusterCount count = ClusterCount.of(GARMENTS, gaps);
    assertThat(count.hasElbow()).isFalse();
    assertThat(count.suggestion()).isEqualTo(9);
    assertThat(count.explanation())
        .startsWith("9 clusters are a guess: the modularity has no elbow between 2 and 14;")
        .contains("the largest gap of the eigenvalues is after 8");
  }

  @Test
  void aCurveThatStillRisesAsksForMore() {
    double[] rising = new double[10];
    for (int k = 2; k < 10; k++) {
      rising[k] = 1 - 1.0 / k;
    }
    assertThat(ClusterCount.of(rising, new double[10]).explanation())
        .contains("it still rises at 9, so try a larger spectral.most-clusters");
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7})
  void separateGroupsAreCounted(int groups) {
    Shapes.Labelled blobs = Shapes.blobs(groups * 40, groups, 3, 1.3, 2);
    SpectralEmbeddingOptions options =
        new SpectralEmbeddingOptions(
            SpectralEmbeddingOptions.AUTO,
            1,
            List.of(),
            10,
            EdgeWeights.SELF_TUNING,
            Symmetrisation.MEAN,
            1000,
            10,
            15,
            PoolOptions.defaults());
    SpectralClustering fitted =
        SpectralClustering.fit(Shapes.neighbours(blobs.points(), 10), options, EigenSolver.get());
    assertThat(fitted.clusterCount().orElseThrow().hasElbow()).isTrue();
    assertThat(fitted.clusters()).isEqualTo(groups);
    assertThat(Labels.count(fitted.pool().result().labels())).isEqualTo(groups);
    assertThat(fitted.clusterCount().orElseThrow().points()).hasSize(14);
  }
}
