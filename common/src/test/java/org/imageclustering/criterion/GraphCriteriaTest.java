package org.imageclustering.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.imageclustering.graph.CsrGraph;
import org.junit.jupiter.api.Test;

/** Modularity, map equation and normalised cut against hand computation and their definitions. */
final class GraphCriteriaTest {
  /** Two triangles joined by one edge: m = 7, degrees 2 2 3 | 3 2 2. */
  private static final CsrGraph TWO_TRIANGLES =
      new CsrGraph(
          new int[] {0, 2, 4, 7, 10, 12, 14},
          new int[] {1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4},
          new float[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});

  private static final int[] TRIANGLES = {0, 0, 0, 1, 1, 1};

  @Test
  void modularityOfTwoTrianglesIsFiveFourteenths() {
    // Q = 2 (6/14 - (7/14)²) = 5/14; networkx.community.modularity gives 0.35714285714285715.
    assertThat(modularity(TWO_TRIANGLES, TRIANGLES, 2)).isCloseTo(5.0 / 14, within(1e-15));
    assertThat(modularity(TWO_TRIANGLES, new int[6], 1)).isZero();
  }

  @Test
  void normalisedCutOfTwoTrianglesIsTwoSevenths() {
    ClusterLinks links = ClusterLinks.of(TWO_TRIANGLES, TRIANGLES, 2);
    assertThat(NormalizedCut.of(links)).isCloseTo(2.0 / 7, within(1e-15));
    assertThat(NormalizedCut.of(ClusterLinks.of(TWO_TRIANGLES, new int[6], 1))).isZero();
  }

  @Test
  void mapEquationIsTheEntropyOfItsCodeBooks() {
    // Index book: exits 1/14 each, rate 1/7, entropy 1 bit. Module book: rate 1/2 + 1/14 = 8/14 of
    // the probabilities (1, 2, 2, 3) / 8.
    double module = -(1 / 8.0 * log2(1 / 8.0) + 4 / 8.0 * log2(2 / 8.0) + 3 / 8.0 * log2(3 / 8.0));
    double expected = 1 / 7.0 + 2 * (8 / 14.0) * module;
    double found =
        MapEquation.of(
            ClusterLinks.of(TWO_TRIANGLES, TRIANGLES, 2), new double[] {2, 2, 3, 3, 2, 2});
    assertThat(found).isCloseTo(expected, within(1e-12));
  }

  @Test
  void modularityFollowsItsDefinitionByPairs() {
    CsrGraph graph = RandomGraph.of(40, 7);
    int[] labels = RandomGraph.labels(40, 4, 8);
    assertThat(modularity(graph, labels, 4)).isCloseTo(byPairs(graph, labels), within(1e-9));
  }

  @Test
  void gainsAreTheDifferencesThatTheyPredict() {
    CsrGraph graph = RandomGraph.of(30, 3);
    int[] labels = RandomGraph.labels(30, 3, 4);
    double[] degrees = graph.degrees();
    for (int i = 0; i < 30; i++) {
      int[] moved = labels.clone();
      moved[i] = (labels[i] + 1) % 3;
      ClusterLinks links = ClusterLinks.of(graph, labels, 3);
      double gain =
          Modularity.moveGain(
              linksTo(graph, labels, i, labels[i]),
              linksTo(graph, labels, i, moved[i]),
              degrees[i],
              links.volume(labels[i]),
              links.volume(moved[i]),
              links.total());
      double difference = modularity(graph, moved, 3) - Modularity.of(links);
      assertThat(gain).isCloseTo(difference, within(1e-12));
    }
  }

  @Test
  void theGainOfAMergeIsTheDifferenceThatItPredicts() {
    CsrGraph graph = RandomGraph.of(30, 5);
    int[] labels = RandomGraph.labels(30, 3, 6);
    ClusterLinks links = ClusterLinks.of(graph, labels, 3);
    int[] merged = labels.clone();
    for (int i = 0; i < merged.length; i++) {
      merged[i] = merged[i] == 2 ? 1 : merged[i];
    }
    double gain =
        Modularity.mergeGain(links.between(1, 2), links.volume(1), links.volume(2), links.total());
    assertThat(gain).isCloseTo(modularity(graph, merged, 3) - Modularity.of(links), within(1e-12));
  }

  @Test
  void labelsThatDoNotMatchTheGraphAreRefused() {
    assertThatThrownBy(() -> ClusterLinks.of(TWO_TRIANGLES, new int[5], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 5 labels, expected 6");
  }

  private static double modularity(CsrGraph graph, int[] labels, int clusters) {
    return Modularity.of(ClusterLinks.of(graph, labels, clusters));
  }

  /** Q = 1/T sum_ij (W_ij - d_i d_j / T) [label_i = label_j] (Newman 2004, Eq. 3). */
  private static double byPairs(CsrGraph graph, int[] labels) {
    int n = labels.length;
    double[][] dense = new double[n][n];
    double total = 0;
    double[] degrees = new double[n];
    for (int i = 0; i < n; i++) {
      for (int e = graph.rowStart()[i]; e < graph.rowStart()[i + 1]; e++) {
        dense[i][graph.columns()[e]] = graph.weights()[e];
        degrees[i] += graph.weights()[e];
        total += graph.weights()[e];
      }
    }
    double q = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        q += labels[i] == labels[j] ? dense[i][j] - degrees[i] * degrees[j] / total : 0;
      }
    }
    return q / total;
  }

  private static double linksTo(CsrGraph graph, int[] labels, int i, int cluster) {
    double links = 0;
    for (int e = graph.rowStart()[i]; e < graph.rowStart()[i + 1]; e++) {
      links += labels[graph.columns()[e]] == cluster ? graph.weights()[e] : 0;
    }
    return links;
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  /** Graphs and labels drawn from a seed. */
  private static final class RandomGraph {
    static CsrGraph of(int n, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      float[][] dense = new float[n][n];
      int entries = 0;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          if (random.nextDouble() < 0.3 || j == i + 1) {
            dense[i][j] = (float) (0.1 + random.nextDouble());
            dense[j][i] = dense[i][j];
            entries += 2;
          }
        }
      }
      int[] starts = new int[n + 1];
      int[] columns = new int[entries];
      float[] weights = new float[entries];
      int at = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (dense[i][j] > 0) {
            columns[at] = j;
            weights[at++] = dense[i][j];
          }
        }
        starts[i + 1] = at;
      }
      return new CsrGraph(starts, columns, weights);
    }

    static int[] labels(int n, int clusters, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int[] labels = new int[n];
      for (int i = 0; i < n; i++) {
        labels[i] = i < clusters ? i : random.nextInt(clusters);
      }
      return labels;
    }
  }
}
