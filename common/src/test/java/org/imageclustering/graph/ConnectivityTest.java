package org.imageclustering.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.ChebyshevSubspace;
import org.imageclustering.spectral.DenseEigenSolver;
import org.imageclustering.spectral.EigenPairs;
import org.junit.jupiter.api.Test;

/** Two paths of six and four points on a line, and a point by itself. */
final class ConnectivityTest {
  private static final float[] LINE = {0, 1, 2, 3, 4, 5, 20, 21, 22, 23, 50};
  private static final FloatMatrix POINTS = new FloatMatrix(11, 1, LINE);

  private static CsrGraph broken() {
    Neighbours near = EpsilonGraphTest.neighbours(POINTS, 10);
    return EpsilonGraph.of(near, 1, EdgeWeights.BINARY.of(near));
  }

  @Test
  void repairAddsTheNearestPairsAndNothingElse() {
    CsrGraph graph = broken();
    CsrGraph whole = GraphRepair.connected(graph, POINTS);
    assertThat(Components.count(graph)).isEqualTo(3);
    assertThat(Components.count(whole)).isEqualTo(1);
    assertThat(whole.nonZeros()).isEqualTo(graph.nonZeros() + 4);
    assertThat(whole.isSymmetric()).isTrue();
    assertThat(whole.columns()).containsSequence(4, 6); // row 5: its path, and 20 across the gap
    assertThat(GraphRepair.connected(whole, POINTS)).isSameAs(whole);
  }

  @Test
  void withoutNullVectorsTheRestOfTheSpectrumIsLeft() {
    // Paths of six and four nodes: cos(pi i / 5) and cos(pi i / 3); both have 1 once.
    EigenPairs pairs = GraphEigenvectors.withoutNullVectors(new DenseEigenSolver(), broken(), 4, 0);
    double[] expected = {
      Math.cos(Math.PI / 5), .5, Math.cos(2 * Math.PI / 5), Math.cos(.6 * Math.PI)
    };
    assertThat(pairs.values()).containsExactly(expected, within(1e-5));
    for (double residual : pairs.residuals()) {
      assertThat(residual).isLessThan(1e-5);
    }
    FloatMatrix rw = Laplacian.RW.vectors(pairs, broken().degrees());
    for (int c = 0; c < 4; c++) {
      assertThat(pairs.vectors().values()[10 * 4 + c]).isCloseTo(0f, within(1e-6f));
      assertThat(rw.values()[10 * 4 + c]).isZero();
    }
  }

  @Test
  void theIterativeSolverFindsTheSame() {
    FloatMatrix points = EpsilonGraphTest.random(400, 5);
    Neighbours near = EpsilonGraphTest.neighbours(points, 40);
    double epsilon = 0.7 * SpanningTree.exact(points);
    CsrGraph graph = EpsilonGraph.of(near, epsilon, EdgeWeights.SELF_TUNING.of(near));
    assertThat(Components.count(graph)).isGreaterThan(1);
    EigenPairs exact = GraphEigenvectors.withoutNullVectors(new DenseEigenSolver(), graph, 5, 0);
    EigenPairs found = GraphEigenvectors.withoutNullVectors(new ChebyshevSubspace(), graph, 5, 0);
    assertThat(found.values()).containsExactly(exact.values(), within(1e-4));
    assertThat(exact.values()[0]).isLessThan(1 - 1e-4);
  }

  @Test
  void moreVectorsThanNodesLessComponentsIsTheUsersError() {
    assertThatThrownBy(
            () -> GraphEigenvectors.withoutNullVectors(new DenseEigenSolver(), broken(), 9, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("request for 9, expected at most 8");
  }
}
