package org.imageclustering.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.imageclustering.UserException;
import org.imageclustering.spectral.ChebyshevSubspace;
import org.imageclustering.spectral.DenseEigenSolver;
import org.imageclustering.spectral.EigenPairs;
import org.junit.jupiter.api.Test;

final class GraphEigenvectorsTest {
  private static final long SEED = Long.getLong("test.seed", System.nanoTime());

  @Test
  void everyNodeIsPlacedOnce() {
    CsrGraph graph = random(2000);
    int[] order = LocalOrder.of(graph);
    assertThat(Arrays.stream(order).sorted().toArray())
        .as("seed %d", SEED)
        .isEqualTo(IntStream.range(0, 2000).toArray());
  }

  @Test
  void renumberedGraphHasTheSameEdges() {
    CsrGraph graph = random(300);
    int[] order = LocalOrder.of(graph);
    CsrGraph local = LocalOrder.apply(graph, order);
    int[] place = new int[300];
    IntStream.range(0, 300).forEach(i -> place[order[i]] = i);
    CsrGraph back = LocalOrder.apply(local, place);
    assertThat(local.isSymmetric()).isTrue();
    assertThat(back.rowStart()).as("seed %d", SEED).isEqualTo(graph.rowStart());
    assertThat(back.columns()).isEqualTo(graph.columns());
    assertThat(back.weights()).isEqualTo(graph.weights());
  }

  @Test
  void vectorsBelongToTheNodesOfTheGraph() {
    CsrGraph graph = random(400);
    NormalizedAffinity matrix = new NormalizedAffinity(graph);
    EigenPairs exact = new DenseEigenSolver().largest(matrix, 6, 0);
    EigenPairs found = GraphEigenvectors.largest(new ChebyshevSubspace(), graph, 6, 0);
    float[] x = found.vectors().values();
    float[] y = new float[x.length];
    matrix.multiply(6, x, y);
    for (int i = 0; i < x.length; i++) {
      double expected = found.values()[i % 6] * x[i];
      assertThat((double) y[i]).as("seed %d", SEED).isCloseTo(expected, within(1e-4));
    }
    assertThat(found.values()).containsExactly(exact.values(), within(1e-5));
    int largest =
        IntStream.range(0, 400)
            .reduce(0, (a, b) -> Math.abs(x[a * 6 + 5]) >= Math.abs(x[b * 6 + 5]) ? a : b);
    assertThat(x[largest * 6 + 5]).isPositive();
  }

  @Test
  void isolatedNodeIsTheUsersError() {
    CsrGraph graph = new CsrGraph(new int[] {0, 1, 2, 2}, new int[] {1, 0}, new float[] {1, 1});
    assertThatThrownBy(() -> GraphEigenvectors.largest(graph, 1, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nodes without a neighbour");
  }

  private static CsrGraph random(int n) {
    SplittableRandom random = new SplittableRandom(SEED);
    int k = 5;
    int[] ids = new int[n * k];
    float[] distances = new float[n * k];
    for (int e = 0; e < ids.length; e++) {
      int step = e % k * 3 + 1 + random.nextInt(3);
      ids[e] = (e / k + step * (step % 2 == 0 ? 1 : 17)) % n;
      distances[e] = step;
    }
    for (int i = 0; i < n; i++) {
      // Two steps may meet in one node: the second of them is taken out.
      for (int a = i * k; a < i * k + k; a++) {
        for (int b = i * k; b < a; b++) {
          ids[a] = ids[a] == ids[b] ? -1 : ids[a];
        }
      }
    }
    return KnnGraph.of(
        new Neighbours(n, k, ids, distances), EdgeWeights.BINARY, Symmetrisation.MEAN);
  }
}
