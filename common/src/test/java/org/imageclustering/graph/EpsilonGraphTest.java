package org.imageclustering.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.imageclustering.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;

final class EpsilonGraphTest {
  private static final long SEED = Long.getLong("test.seed", System.nanoTime());

  @Test
  void longestEdgeOfTheSpanningTreeIsTheThresholdOfConnectivity() {
    FloatMatrix points = random(150, SEED);
    double eta = SpanningTree.exact(points);
    Neighbours all = neighbours(points, 149);
    CsrGraph at = EpsilonGraph.of(all, eta, EdgeWeights.BINARY.of(all));
    CsrGraph below = EpsilonGraph.of(all, eta * (1 - 1e-6), EdgeWeights.BINARY.of(all));
    assertThat(Components.count(at)).as("seed %d", SEED).isEqualTo(1);
    assertThat(Components.count(below)).as("seed %d", SEED).isGreaterThan(1);
  }

  @Test
  void treeOfAllNeighboursIsExactAndOneOfFewAnUpperBound() {
    FloatMatrix points = random(150, SEED);
    double eta = SpanningTree.exact(points);
    assertThat(SpanningTree.ofNeighbours(points, neighbours(points, 149)))
        .as("seed %d", SEED)
        .isCloseTo(eta, within(1e-6 * eta));
    assertThat(SpanningTree.ofNeighbours(points, neighbours(points, 2)))
        .as("seed %d", SEED)
        .isGreaterThan(eta * (1 - 1e-6));
    assertThat(SpanningTree.longestEdge(points, neighbours(points, 2)).exact()).isTrue();
  }

  @Test
  void componentsOfTheTreeAreJoinedByTheirNearestPairs() {
    float[] line = {0, 1, 2, 10, 11, 12, 31, 32, 33};
    FloatMatrix points = new FloatMatrix(9, 1, line);
    assertThat(SpanningTree.ofNeighbours(points, neighbours(points, 1))).isEqualTo(19);
    assertThat(SpanningTree.exact(points)).isEqualTo(19);
  }

  @Test
  void edgesAreThePairsWithinEpsilon() {
    FloatMatrix points = random(80, SEED);
    Neighbours all = neighbours(points, 79);
    double epsilon = 1.2;
    CsrGraph graph = EpsilonGraph.of(all, epsilon, EdgeWeights.BINARY.of(all));
    for (int i = 0; i < 80; i++) {
      int row = i;
      int[] expected =
          IntStream.range(0, 80)
              .filter(j -> j != row && (float) Distances.between(points, row, j) <= epsilon)
              .toArray();
      int[] found =
          Arrays.copyOfRange(graph.columns(), graph.rowStart()[i], graph.rowStart()[i + 1]);
      assertThat(found).as("row %d, seed %d", i, SEED).isEqualTo(expected);
    }
    assertThat(EpsilonGraph.capped(all, epsilon)).isZero();
  }

  @Test
  void theCapKeepsTheShortestEdgesAndCountsTheNodesThatLoseSome() {
    float[] line = {0, 1, 3, 6, 10};
    FloatMatrix points = new FloatMatrix(5, 1, line);
    Neighbours two = neighbours(points, 2);
    CsrGraph graph = EpsilonGraph.of(two, 6, EdgeWeights.BINARY.of(two));
    assertThat(EpsilonGraph.capped(two, 6)).isEqualTo(4);
    // 0-1, 0-3, 1-3, 3-6 (for 6), 6-10 (for 10); 10-3 is too long.
    assertThat(graph.columns()).containsExactly(1, 2, 0, 2, 0, 1, 3, 2, 4, 3);
  }

  @Test
  void gaussianWeightsFollowTheirFormula() {
    Neighbours near = new Neighbours(2, 1, new int[] {1, 0}, new float[] {3, 3});
    double expected = Math.exp(-9.0 / 8);
    assertThat(EdgeWeights.gaussian(near, 2)[0]).isCloseTo((float) expected, within(1e-6f));
    assertThat(EdgeWeights.GAUSSIAN.of(near)[1]).isCloseTo((float) Math.exp(-.5), within(1e-6f));
  }

  static FloatMatrix random(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextDouble(-1, 1) + random.nextDouble(-1, 1));
    }
    return new FloatMatrix(n, 3, values);
  }

  /** All distances, sorted: the neighbours by (distance, id). */
  static Neighbours neighbours(FloatMatrix points, int k) {
    int n = points.rows();
    int[] ids = new int[n * k];
    float[] distances = new float[n * k];
    for (int i = 0; i < n; i++) {
      int row = i;
      int[] order =
          IntStream.range(0, n)
              .filter(j -> j != row)
              .boxed()
              .sorted(
                  (a, b) ->
                      Double.compare(
                          Distances.squared(points, row, a), Distances.squared(points, row, b)))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int j = 0; j < k; j++) {
        ids[i * k + j] = order[j];
        distances[i * k + j] = (float) Distances.between(points, i, order[j]);
      }
    }
    return new Neighbours(n, k, ids, distances);
  }
}
