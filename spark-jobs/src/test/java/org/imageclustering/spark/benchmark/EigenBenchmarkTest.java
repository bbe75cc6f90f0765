package org.imageclustering.spark.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.imageclustering.graph.CsrGraph;
import org.junit.jupiter.api.Test;

final class EigenBenchmarkTest {
  @Test
  void printsALineForEachRound() {
    int n = 600;
    int[] rowStart = new int[n + 1];
    int[] columns = new int[2 * n];
    float[] weights = new float[2 * n];
    for (int i = 0; i < n; i++) {
      int before = (i + n - 1) % n;
      int after = (i + 1) % n;
      rowStart[i + 1] = 2 * i + 2;
      columns[2 * i] = Math.min(before, after);
      columns[2 * i + 1] = Math.max(before, after);
      weights[2 * i] = 1;
      weights[2 * i + 1] = 1;
    }
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    EigenBenchmark.run(
        new CsrGraph(rowStart, columns, weights), 3, new PrintStream(printed, true, UTF_8));
    String[] lines = printed.toString(UTF_8).split("\\R");
    assertThat(lines).hasSize(4);
    assertThat(lines[0]).startsWith("nodes 600 non-zeros 1200 eigenpairs 3 threads ");
    // Eigenvalues of a cycle: 1, then cos(2 pi / 600) twice.
    assertThat(lines[3])
        .matches(
            "round 3 +[0-9.]+ s  products [1-9]\\d+  smallest eigenvalue 0\\.9999\\d\\d"
                + "  max residual \\d\\.\\de-\\d\\d");
  }
}
