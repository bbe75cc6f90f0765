package org.imageclustering.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class KnnGraphTest {
  private static final long SEED = Long.getLong("test.seed", System.nanoTime());
  private static final float NONE = Float.POSITIVE_INFINITY;

  /** 0 and 1 name each other, 2 names 0, 3 names nobody but itself. */
  private static Neighbours few() {
    return new Neighbours(
        4, 2, new int[] {1, -1, 0, -1, 2, 0, 3, -1}, new float[] {1, NONE, 1, NONE, 0, 2, 0, NONE});
  }

  @Test
  void meanHalvesTheEdgesOfOneDirection() {
    CsrGraph graph = KnnGraph.of(few(), EdgeWeights.BINARY, Symmetrisation.MEAN);
    assertThat(graph.rowStart()).containsExactly(0, 2, 3, 4, 4);
    assertThat(graph.columns()).containsExactly(1, 2, 0, 0);
    assertThat(graph.weights()).containsExactly(1f, 0.5f, 1f, 0.5f);
    assertThat(graph.isolated()).containsExactly(3);
    assertThat(graph.degrees()).containsExactly(1.5, 1, 0.5, 0);
  }

  @Test
  void unionKeepsThemWhole() {
    CsrGraph graph = KnnGraph.of(few(), EdgeWeights.BINARY, Symmetrisation.UNION);
    assertThat(graph.columns()).containsExactly(1, 2, 0, 0);
    assertThat(graph.weights()).containsExactly(1f, 1f, 1f, 1f);
  }

  @Test
  void mutualDropsThem() {
    CsrGraph graph = KnnGraph.of(few(), EdgeWeights.BINARY, Symmetrisation.MUTUAL);
    assertThat(graph.columns()).containsExactly(1, 0);
    assertThat(graph.isolated()).containsExactly(2, 3);
  }

  @Test
  void selfTuningScalesByTheSeventhNeighbour() {
    int n = 9;
    int[] ids = new int[n * 8];
    float[] distances = new float[n * 8];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 8; j++) {
        ids[i * 8 + j] = (i + j + 1) % n;
        distances[i * 8 + j] = (i + 1) * (j + 1);
      }
    }
    CsrGraph graph =
        KnnGraph.of(
            new Neighbours(n, 8, ids, distances), EdgeWeights.SELF_TUNING, Symmetrisation.UNION);
    // From 0 to 1: d = 1, from 1 to 0: d = 16; sigma_0 = 7, sigma_1 = 14.
    assertThat(graph.columns()[0]).isEqualTo(1);
    assertThat((double) graph.weights()[0]).isCloseTo(Math.exp(-1.0 / (7 * 14)), within(1e-6));
  }

  @Test
  void copiesWeighOneWhereAllNeighboursAreCopies() {
    Neighbours copies =
        new Neighbours(3, 2, new int[] {1, 2, 0, 2, 0, 1}, new float[] {0, 0, 0, 0, 0, 0});
    CsrGraph graph = KnnGraph.of(copies, EdgeWeights.SELF_TUNING, Symmetrisation.MEAN);
    assertThat(graph.weights()).containsOnly(1f).hasSize(6);
  }

  /** Nine points within 1e-3 of each other and a tenth at distance 1: exp(-1 / 1e-6) is 0. */
  @Test
  void aPointFarFromATightGroupKeepsItsEdges() {
    int n = 10;
    int[] ids = new int[n * 8];
    float[] distances = new float[n * 8];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 8; j++) {
        ids[i * 8 + j] = i == 9 ? j : (i + j + 1) % 9;
        distances[i * 8 + j] = i == 9 ? 1f : 1e-3f;
      }
    }
    CsrGraph graph =
        KnnGraph.of(
            new Neighbours(n, 8, ids, distances), EdgeWeights.SELF_TUNING, Symmetrisation.UNION);
    assertThat(graph.isolated()).isEmpty();
    assertThat(graph.weights()).contains(1e-6f);
  }

  /** The nearest weighs 1, all of a row log2 k together (McInnes et al. 2018, section 3.1). */
  @Test
  void fuzzyRowsSumToTheLogarithmOfTheirLength() {
    Neighbours neighbours = random(60, 9, SEED);
    float[] weights = EdgeWeights.FUZZY.of(neighbours);
    for (int i = 0; i < 60; i++) {
      double sum = 0;
      for (int e = i * 9; e < (i + 1) * 9; e++) {
        sum += weights[e];
      }
      assertThat(weights[i * 9]).as("nearest of %d, seed %d", i, SEED).isEqualTo(1f);
      assertThat(sum)
          .as("row %d, seed %d", i, SEED)
          .isCloseTo(Math.log(9) / Math.log(2), within(1e-4));
    }
  }

  @Test
  void fuzzyCopiesWeighOneAndTheNearestOtherPointToo() {
    Neighbours neighbours =
        new Neighbours(1, 4, new int[] {-1, -1, -1, -1}, new float[] {NONE, NONE, NONE, NONE});
    assertThat(EdgeWeights.FUZZY.of(neighbours)).containsOnly(0f);
    Neighbours copies =
        new Neighbours(
            4,
            3,
            new int[] {1, 2, 3, 0, 2, 3, 0, 1, 3, 0, 1, 2},
            new float[] {0, 0, 5, 0, 0, 5, 0, 0, 5, 5, 5, 5});
    assertThat(EdgeWeights.FUZZY.of(copies)).containsOnly(1f);
  }

  @ParameterizedTest
  @EnumSource(Symmetrisation.class)
  void agreesWithTheDenseMatrix(Symmetrisation symmetrisation) {
    for (EdgeWeights weights : EdgeWeights.values()) {
      Neighbours neighbours = random(60, 9, SEED);
      float[][] dense = new float[60][60];
      float[] directed = weights.of(neighbours);
      for (int e = 0; e < directed.length; e++) {
        dense[e / 9][neighbours.ids()[e]] = directed[e];
      }
      CsrGraph graph = KnnGraph.of(neighbours, weights, symmetrisation);
      float[][] found = new float[60][60];
      for (int i = 0; i < 60; i++) {
        for (int e = graph.rowStart()[i]; e < graph.rowStart()[i + 1]; e++) {
          found[i][graph.columns()[e]] = graph.weights()[e];
        }
      }
      for (int i = 0; i < 60; i++) {
        for (int j = 0; j < 60; j++) {
          assertThat(found[i][j])
              .as("%s, entry %d, %d, seed %d", weights, i, j, SEED)
              .isEqualTo(i == j ? 0 : symmetrisation.of(dense[i][j], dense[j][i]));
        }
      }
      assertThat(graph.isSymmetric()).isTrue();
    }
  }

  @Test
  void neighbourOutsideThePointsIsNamed() {
    Neighbours wrong = new Neighbours(2, 1, new int[] {1, 2}, new float[] {1, 1});
    assertThatThrownBy(() -> KnnGraph.of(wrong, EdgeWeights.BINARY, Symmetrisation.MEAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot make the graph: found neighbour 2 of point 1, expected one of the 2 points"
                + " themselves");
  }

  @Test
  void neighbourNamedTwiceIsRefused() {
    Neighbours twice = new Neighbours(2, 2, new int[] {1, 1, 0, -1}, new float[] {1, 1, 1, NONE});
    assertThatThrownBy(() -> KnnGraph.of(twice, EdgeWeights.BINARY, Symmetrisation.MEAN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected ascending columns");
  }

  private static Neighbours random(int n, int k, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] ids = new int[n * k];
    float[] distances = new float[n * k];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < k; j++) {
        ids[i * k + j] = (i + j * 6 + 1 + random.nextInt(6)) % n;
        distances[i * k + j] = j + (float) random.nextDouble();
      }
    }
    return new Neighbours(n, k, ids, distances);
  }
}
