package org.imageclustering.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.imageclustering.graph.NormalizedAffinity;
import org.imageclustering.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;

final class EmbeddingsTest {
  @Test
  void rowsGetUnitLengthAndZerosStay() {
    FloatMatrix rows = new FloatMatrix(3, 2, new float[] {3, 4, 0, 0, 0, -2});
    assertThat(Embeddings.normaliseRows(rows).values())
        .containsExactly(new float[] {0.6f, 0.8f, 0, 0, 0, -1}, within(1e-6f));
    assertThat(rows.values()).containsExactly(3, 4, 0, 0, 0, -2);
  }

  /** On a path of three nodes the commute times are twice the number of edges times the hops. */
  @Test
  void distancesAreCommuteTimes() {
    EigenPairs pairs = new DenseEigenSolver().largest(new NormalizedAffinity(Graphs.path(3)), 3, 0);
    float[] rows = Embeddings.commuteTime(pairs).values();
    double[] degrees = {1, 2, 1};
    double volume = 4;
    double[][] commute = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int c = 0; c < 2; c++) {
          double difference =
              rows[i * 2 + c] / Math.sqrt(degrees[i]) - rows[j * 2 + c] / Math.sqrt(degrees[j]);
          commute[i][j] += volume * difference * difference;
        }
      }
    }
    assertThat(commute[0][1]).isCloseTo(4, within(1e-5));
    assertThat(commute[0][2]).isCloseTo(8, within(1e-5));
  }

  @Test
  void oneVectorIsNotEnough() {
    EigenPairs pairs = new EigenPairs(new double[] {1}, FloatMatrix.zeros(4, 1), new double[] {0});
    assertThatThrownBy(() -> Embeddings.commuteTime(pairs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 1 vectors, expected at least 2");
  }
}
