package org.imageclustering.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Graphs of given edges. */
final class EdgeListTest {
  @Test
  void directionsAndRepetitionsAddUp() {
    CsrGraph graph =
        EdgeList.graph(
            4, new int[] {2, 0, 1, 0, 3}, new int[] {0, 1, 0, 1, 2}, new float[] {4, 2, 2, 6, 1});
    assertThat(graph.isSymmetric()).isTrue();
    assertThat(graph.rowStart()).containsExactly(0, 2, 3, 5, 6);
    assertThat(graph.columns()).containsExactly(1, 2, 0, 0, 3, 2);
    assertThat(graph.weights()).containsExactly(5f, 2f, 5f, 2f, .5f, .5f);
  }

  @Test
  void nodesWithoutEdgesStayAlone() {
    CsrGraph graph = EdgeList.graph(3, new int[] {0}, new int[] {2}, new float[] {1});
    assertThat(graph.isolated()).containsExactly(1);
  }
}
