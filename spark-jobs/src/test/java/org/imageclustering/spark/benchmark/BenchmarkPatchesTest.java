package org.imageclustering.spark.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.imageclustering.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;

final class BenchmarkPatchesTest {
  @Test
  void anImageHasThirtySixPositionsAndEqualOnesAreMerged() {
    float[] twice = new float[2 * 784];
    Random random = new Random(1);
    for (int i = 0; i < 784; i++) {
      twice[i] = random.nextFloat();
      twice[784 + i] = twice[i];
    }
    FloatMatrix patches = BenchmarkPatches.of(new FloatMatrix(2, 784, twice), 28, 28);
    assertThat(patches.rows()).isEqualTo(36);
    double sum = 0;
    for (float value : patches.row(7)) {
      sum += value;
    }
    assertThat(sum).isCloseTo(0, within(1e-4));
    assertThat(patches.row(7)[1] - patches.row(7)[0])
        .isCloseTo(
            twice[28 + 2] - twice[28 + 1], within(1e-6f)); // row 1 of 6, column 1: from (1, 1)
  }

  @Test
  void constantPatchesAreLeftOut() {
    float[] dot = new float[784];
    dot[0] = 1;
    assertThat(BenchmarkPatches.of(new FloatMatrix(1, 784, dot), 28, 28).rows()).isEqualTo(1);
    Arrays.fill(dot, 0);
    assertThat(BenchmarkPatches.of(new FloatMatrix(1, 784, dot), 28, 28).rows()).isZero();
  }

  @Test
  void theBenchmarkPrintsItsRounds() {
    float[] values = new float[900 * 5];
    Random random = new Random(2);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    NeighbourBenchmark.run(
        new FloatMatrix(900, 5, values),
        5,
        1,
        new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("patches 900 dimensions 5 k 5 threads 1")
        .contains("cells 1 probes 1 round 3")
        .contains("recall 1.0000");
  }
}
