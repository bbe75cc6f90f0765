package org.imageclustering.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.DenseEigenSolver;
import org.imageclustering.spectral.EigenPairs;
import org.junit.jupiter.api.Test;

final class NormalizedAffinityTest {
  /** A triangle with weights 1, 2 and 3 and a pair. */
  private static CsrGraph graph() {
    return new CsrGraph(
        new int[] {0, 2, 4, 6, 7, 8},
        new int[] {1, 2, 0, 2, 0, 1, 4, 3},
        new float[] {1, 2, 1, 3, 2, 3, 5, 5});
  }

  @Test
  void multipliesByTheScaledWeights() {
    float[] x = {1, 0, 0, 1, 2, 0, 0, 3, 0, 0};
    float[] y = new float[10];
    new NormalizedAffinity(graph()).multiply(2, x, y);
    assertThat((double) y[0]).isCloseTo(2 * 2 / Math.sqrt(3 * 5), within(1e-6));
    assertThat((double) y[1]).isCloseTo(1 / Math.sqrt(3 * 4), within(1e-6));
    assertThat((double) y[8]).isCloseTo(0, within(1e-6));
    assertThat((double) y[9]).isCloseTo(3, within(1e-6));
  }

  @Test
  void recurrenceInOnePassEqualsTheOneInTwo() {
    NormalizedAffinity matrix = new NormalizedAffinity(graph());
    float[] x = {1, -2, 3, 4, 5};
    float[] z = {7, 8, 9, 10, 11};
    float[] product = new float[5];
    matrix.multiply(1, x, product);
    float[] expected = new float[5];
    for (int i = 0; i < 5; i++) {
      expected[i] = 3f * (product[i] - 0.5f * x[i]) - z[i];
    }
    matrix.recur(1, 3f, 0.5f, x, z);
    assertThat(z).containsExactly(expected, within(1e-6f));
  }

  @Test
  void eigenvalueOneCountsTheComponents() {
    assertThat(Components.of(graph())).containsExactly(0, 0, 0, 1, 1);
    assertThat(Components.count(graph())).isEqualTo(2);
    double[] values =
        new DenseEigenSolver().largest(new NormalizedAffinity(graph()), 5, 0).values();
    assertThat(values[1]).isCloseTo(1, within(1e-6));
    assertThat(values[2]).isLessThan(0.5);
  }

  @Test
  void randomWalkVectorsSolveTheirOwnProblem() {
    EigenPairs pairs = new DenseEigenSolver().largest(new NormalizedAffinity(graph()), 5, 0);
    assertThat(Laplacian.SYM.vectors(pairs, graph().degrees())).isSameAs(pairs.vectors());
    FloatMatrix vectors = Laplacian.RW.vectors(pairs, graph().degrees());
    double[] degrees = graph().degrees();
    for (int c = 0; c < 5; c++) {
      for (int i = 0; i < 5; i++) {
        double product = 0;
        for (int e = graph().rowStart()[i]; e < graph().rowStart()[i + 1]; e++) {
          product += graph().weights()[e] * vectors.values()[graph().columns()[e] * 5 + c];
        }
        // L_rw v = (1 - mu) v
        double laplacian = vectors.values()[i * 5 + c] - product / degrees[i];
        assertThat(laplacian)
            .isCloseTo((1 - pairs.values()[c]) * vectors.values()[i * 5 + c], within(1e-5));
      }
    }
  }

  @Test
  void isolatedNodeIsNamed() {
    CsrGraph graph = new CsrGraph(new int[] {0, 1, 2, 2, 2}, new int[] {1, 0}, new float[] {1, 1});
    assertThatThrownBy(() -> new NormalizedAffinity(graph))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found 2 nodes without a neighbour, the first is node 2");
  }

  @Test
  void contradictionsAreNamed() {
    assertThatThrownBy(
            () -> new CsrGraph(new int[] {0, 1, 2}, new int[] {1, 1}, new float[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found column 1 with weight 1.0 in row 1");
    assertThatThrownBy(
            () -> new CsrGraph(new int[] {0, 1, 2}, new int[] {1, 0}, new float[] {1, Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weight NaN in row 1");
  }
}
