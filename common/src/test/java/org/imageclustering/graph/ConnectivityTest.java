package org.imageclustering.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.ChebyshevSubspace;
import org.imageclustering.spectral.DenseEigenSolver;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.EigenSolver;
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

  /** Three blobs: the eigenvalue 1 comes three times, and only the trivial vector is left out. */
  @Test
  void theTrivialVectorOfABrokenGraphIsLeftOutAndNoOther() {
    FloatMatrix points = EpsilonGraphTest.random(300, 7);
    for (int i = 0; i < 300; i++) {
      points.values()[points.offset(i)] += 100 * (i % 3);
    }
    Neighbours near = EpsilonGraphTest.neighbours(points, 9);
    CsrGraph graph = KnnGraph.of(near, EdgeWeights.BINARY.of(near), Symmetrisation.MEAN);
    assertThat(Components.count(graph)).isEqualTo(3);
    double[] degrees = graph.degrees();
    for (EigenSolver solver : List.of(new DenseEigenSolver(), new ChebyshevSubspace())) {
      EigenPairs pairs = GraphEigenvectors.withoutTrivial(solver, graph, 4, 0);
      assertThat(pairs.values()[1]).isCloseTo(1, within(1e-4));
      assertThat(pairs.values()[2]).isLessThan(0.999);
      for (int c = 0; c < 4; c++) {
        double along = 0;
        for (int i = 0; i < 300; i++) {
          along += Math.sqrt(degrees[i]) * pairs.vectors().values()[i * 4 + c];
        }
        assertThat(along).as("vector %d", c).isCloseTo(0, within(2e-2));
      }
    }
  }

  @Test
  void someRowsOfTheProductAreThoseOfAll() {
    CsrGraph graph = broken();
    WithoutNullVectors without =
        WithoutNullVectors.ofComponents(NormalizedAffinity.withIsolated(graph), graph);
    float[] x = EpsilonGraphTest.random(11, 3).values();
    int width = x.length / 11;
    float[] all = new float[x.length];
    without.multiply(width, x, all);
    float[] some = new float[2 * width];
    without.multiplyRows(new int[] {7, 2}, width, x, some);
    assertThat(some).startsWith(Arrays.copyOfRange(all, 7 * width, 8 * width));
    assertThat(some).endsWith(Arrays.copyOfRange(all, 2 * width, 3 * width));
    float[] z = new float[x.length];
    without.recur(width, 2, 0.5f, x, z);
    for (int i = 0; i < z.length; i++) {
      assertThat(z[i]).isCloseTo(2 * (all[i] - 0.5f * x[i]), within(1e-5f));
    }
  }

  @Test
  void moreVectorsThanNodesLessComponentsIsTheUsersError() {
    assertThatThrownBy(
            () -> GraphEigenvectors.withoutNullVectors(new DenseEigenSolver(), broken(), 9, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("request for 9, expected at most 8");
  }
}
