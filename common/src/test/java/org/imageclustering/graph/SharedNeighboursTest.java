package org.imageclustering.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What several views' graphs agree on. */
final class SharedNeighboursTest {
  @Test
  void anEdgeCountsForEveryPairOfViewsThatHasIt() {
    double[][] a = {{0, .5, .2, 0}, {.5, 0, 0, 0}, {.2, 0, 0, .3}, {0, 0, .3, 0}};
    double[][] b = {{0, .4, 0, 0}, {.4, 0, 1, 0}, {0, 1, 0, .1}, {0, 0, .1, 0}};
    double[][] c = {{0, .8, 0, .6}, {.8, 0, 0, 0}, {0, 0, 0, 0}, {.6, 0, 0, 0}};
    CsrGraph shared = SharedNeighbours.of(List.of(graph(a), graph(b), graph(c)));
    double[][] expected = new double[4][4];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        expected[i][j] =
            a[i][j] * b[i][j]
                + a[i][j] * c[i][j]
                + b[i][j] * c[i][j]
                + 0.01 * (a[i][j] + b[i][j] + c[i][j]);
      }
    }
    double[][] found = dense(shared);
    for (int i = 0; i < 4; i++) {
      assertThat(found[i]).containsExactly(expected[i], within(1e-6));
    }
    assertThat(shared.isSymmetric()).isTrue();
  }

  @Test
  void oneViewIsItsGraph() {
    CsrGraph graph = graph(new double[][] {{0, 1}, {1, 0}});
    assertThat(SharedNeighbours.of(List.of(graph))).isSameAs(graph);
  }

  @Test
  void theOrderOfTwoViewsDoesNotMatter() {
    Random random = new Random(5);
    CsrGraph a = graph(random(random));
    CsrGraph b = graph(random(random));
    CsrGraph there = SharedNeighbours.of(List.of(a, b));
    CsrGraph back = SharedNeighbours.of(List.of(b, a));
    assertThat(there.columns()).isEqualTo(back.columns());
    assertThat(there.weights()).isEqualTo(back.weights());
  }

  @Test
  void viewsOfOtherPointsAreRefused() {
    CsrGraph two = graph(new double[2][2]);
    CsrGraph three = graph(new double[3][3]);
    assertThatThrownBy(() -> SharedNeighbours.of(List.of(two, three)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of the same nodes");
    assertThatThrownBy(() -> SharedNeighbours.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[][] random(Random random) {
    double[][] weights = new double[30][30];
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < i; j++) {
        weights[i][j] = random.nextInt(4) == 0 ? random.nextFloat() : 0;
        weights[j][i] = weights[i][j];
      }
    }
    return weights;
  }

  private static CsrGraph graph(double[][] weights) {
    int n = weights.length;
    int[] rowStart = new int[n + 1];
    int[] columns = new int[n * n];
    float[] kept = new float[n * n];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (weights[i][j] > 0) {
          columns[count] = j;
          kept[count++] = (float) weights[i][j];
        }
      }
      rowStart[i + 1] = count;
    }
    return new CsrGraph(
        rowStart, java.util.Arrays.copyOf(columns, count), java.util.Arrays.copyOf(kept, count));
  }

  private static double[][] dense(CsrGraph graph) {
    double[][] dense = new double[graph.nodes()][graph.nodes()];
    for (int row = 0; row < graph.nodes(); row++) {
      for (int e = graph.rowStart()[row]; e < graph.rowStart()[row + 1]; e++) {
        dense[row][graph.columns()[e]] = graph.weights()[e];
      }
    }
    return dense;
  }
}
