package org.imageclustering.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.imageclustering.graph.CsrGraph;
import org.junit.jupiter.api.Test;

final class NeighbourLayoutTest {
  /** Two rings of 30 nodes, not joined. */
  private static CsrGraph rings() {
    int[] rowStart = new int[61];
    int[] columns = new int[120];
    float[] weights = new float[120];
    java.util.Arrays.fill(weights, 1f);
    for (int node = 0; node < 60; node++) {
      int ring = node / 30 * 30;
      int before = ring + (node - ring + 29) % 30;
      int after = ring + (node - ring + 1) % 30;
      columns[2 * node] = Math.min(before, after);
      columns[2 * node + 1] = Math.max(before, after);
      rowStart[node + 1] = 2 * node + 2;
    }
    return new CsrGraph(rowStart, columns, weights);
  }

  @Test
  void neighboursLieCloserThanOthers() {
    double[] plane = NeighbourLayout.of(rings(), new double[120], 300, 5);
    double near = 0;
    double far = 0;
    for (int node = 0; node < 30; node++) {
      near += distance(plane, node, (node + 1) % 30) / 30;
      far += distance(plane, node, node + 30) / 30;
    }
    assertThat(near).isLessThan(far / 3);
  }

  @Test
  void theSeedDecides() {
    double[] start = new double[120];
    assertThat(NeighbourLayout.of(rings(), start, 20, 5))
        .isEqualTo(NeighbourLayout.of(rings(), start, 20, 5))
        .isNotEqualTo(NeighbourLayout.of(rings(), start, 20, 6));
  }

  private static double distance(double[] plane, int a, int b) {
    return Math.hypot(plane[2 * a] - plane[2 * b], plane[2 * a + 1] - plane[2 * b + 1]);
  }
}
