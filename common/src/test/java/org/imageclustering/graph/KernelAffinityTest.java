package org.imageclustering.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.imageclustering.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;

final class KernelAffinityTest {
  private static final long SEED = Long.getLong("test.seed", System.nanoTime());
  private static final int N = 1500;
  private static final FloatMatrix POINTS = EpsilonGraphTest.random(N, SEED);

  @Test
  void exponentialsHaveFiveDigits() {
    for (float x = 0; x > -86; x -= 0.0137f) {
      double exact = Math.exp(x);
      assertThat((double) FastExp.of(x)).isCloseTo(exact, within(1e-5 * exact));
    }
    assertThat(FastExp.of(0)).isEqualTo(1f);
    assertThat(FastExp.of(-1000)).isZero();
    assertThat(FastExp.of(Float.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void tilesAreTheKernelsEntries() {
    Neighbours near = EpsilonGraphTest.neighbours(POINTS, 7);
    int[] columns = {1400, 3, 12, 700};
    float[] tile = new float[20 * 4];
    KernelAffinity.gaussian(POINTS, 0.8).tile(0, 20, columns, tile);
    check(tile, columns, (i, j) -> Math.exp(-Distances.squared(POINTS, i, j) / (2 * .64)));
    float[] scale = EdgeWeights.scales(near);
    KernelAffinity.selfTuning(POINTS, near).tile(0, 20, columns, tile);
    check(
        tile,
        columns,
        (i, j) -> Math.exp(-Distances.squared(POINTS, i, j) / ((double) scale[i] * scale[j])));
  }

  private static void check(float[] tile, int[] columns, Entry entry) {
    for (int i = 0; i < 20; i++) {
      for (int c = 0; c < columns.length; c++) {
        double expected = entry.of(i, columns[c]);
        assertThat((double) tile[i * columns.length + c])
            .as("entry %d, %d, seed %d", i, columns[c], SEED)
            .isCloseTo(expected, within(1e-4));
      }
    }
  }

  @Test
  void productsAreTheSumsOverAllColumns() {
    KernelAffinity kernel = KernelAffinity.gaussian(POINTS, 0.8);
    SplittableRandom random = new SplittableRandom(SEED);
    float[] x = new float[N * 3];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    int[] rows = {1499, 0, 801, 77};
    KernelProducts products = KernelProducts.inMemory(kernel);
    double[] some = products.ofRows(rows, 3, x);
    double[] all = products.ofAll(3, x);
    for (int r = 0; r < rows.length; r++) {
      for (int c = 0; c < 3; c++) {
        double expected = 0;
        for (int j = 0; j < N; j++) {
          double w = Math.exp(-Distances.squared(POINTS, rows[r], j) / (2 * .64));
          expected += w * x[j * 3 + c];
        }
        assertThat(some[r * 3 + c]).as("seed %d", SEED).isCloseTo(expected, within(1e-2));
        assertThat(all[rows[r] * 3 + c]).as("seed %d", SEED).isCloseTo(expected, within(1e-2));
      }
    }
  }

  @Test
  void rowsOfTheOperatorAreRowsOfItsProduct() {
    KernelOperator operator =
        new KernelOperator(KernelProducts.inMemory(KernelAffinity.gaussian(POINTS, 0.8)));
    float[] x = new float[N];
    for (int i = 0; i < N; i++) {
      x[i] = (float) Math.sqrt(operator.degrees()[i]);
    }
    float[] y = new float[N];
    operator.multiply(1, x, y);
    int[] rows = {5, 1100, 63};
    float[] some = new float[3];
    operator.multiplyRows(rows, 1, x, some);
    // D^1/2 1 is the eigenvector of 1.
    for (int r = 0; r < rows.length; r++) {
      assertThat(some[r]).isCloseTo(x[rows[r]], within(1e-4f * x[rows[r]]));
      assertThat(y[rows[r]]).isCloseTo(x[rows[r]], within(1e-4f * x[rows[r]]));
    }
  }

  @FunctionalInterface
  private interface Entry {
    double of(int i, int j);
  }
}
