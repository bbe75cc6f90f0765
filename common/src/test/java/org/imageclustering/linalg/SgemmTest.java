package org.imageclustering.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SgemmTest {
  private static final long SEED = Long.getLong("test.seed", 20261121L);
  private static final int[][] SIZES = {
    {1, 1, 1}, {3, 5, 7}, {17, 33, 121}, {1, 700, 65}, {257, 1, 31}, {2000, 3, 600}, {65, 64, 63}
  };

  static Stream<Sgemm> kernels() {
    return Stream.of(new OpenBlasSgemm(), new JavaSgemm(), Sgemm.get());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void productsAgreeWithThePlainLoop(Sgemm kernel) {
    Random random = new Random(SEED);
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      int d = size[2];
      float[] a = numbers(random, m * d + 5);
      float[] b = numbers(random, n * d + 3);
      float[] c = new float[m * n + 2];
      c[m * n] = 42;
      kernel.timesTransposed(m, n, d, a, 5, b, 3, c);
      for (int at = 0; at < m * n; at++) {
        int row = 5 + at / n * d;
        int column = 3 + at % n * d;
        double dot = IntStream.range(0, d).mapToDouble(j -> a[row + j] * b[column + j]).sum();
        assertThat((double) c[at]).as("seed %s", SEED).isCloseTo(dot, within(1e-5 * (d + 1)));
      }
      assertThat(c[m * n]).isEqualTo(42);
    }
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void untransposedProductsAgreeToo(Sgemm kernel) {
    Random random = new Random(SEED);
    for (int[] size : SIZES) {
      int m = size[0];
      int n = size[1];
      int k = size[2];
      float[] a = numbers(random, m * k);
      float[] b = numbers(random, k * n);
      float[] c = new float[m * n];
      kernel.times(m, n, k, a, b, c);
      for (int at = 0; at < m * n; at++) {
        int row = at / n;
        int column = at % n;
        double dot =
            IntStream.range(0, k).mapToDouble(j -> a[row * k + j] * b[j * n + column]).sum();
        assertThat((double) c[at]).as("seed %s", SEED).isCloseTo(dot, within(1e-5 * (k + 1)));
      }
    }
  }

  @Test
  void aWrongKernelIsNoticed() {
    assertThat(SgemmChoice.isRight(new JavaSgemm())).isTrue();
    assertThat(SgemmChoice.isRight(new OpenBlasSgemm())).isTrue();
    assertThat(SgemmChoice.isRight(new WrongInTheLastColumn())).isFalse();
  }

  private static final class WrongInTheLastColumn implements Sgemm {
    private final Sgemm right = new JavaSgemm();

    @Override
    public void timesTransposed(
        int m, int n, int d, float[] a, int aOffset, float[] b, int bOffset, float[] c) {
      right.timesTransposed(m, n, d, a, aOffset, b, bOffset, c);
      c[m * n - 1] += 0.01f;
    }

    @Override
    public void times(int m, int n, int k, float[] a, float[] b, float[] c) {
      right.times(m, n, k, a, b, c);
    }

    @Override
    public void transposedTimes(
        int m, int n, int k, float[] a, int aOffset, float[] b, int bOffset, float[] c) {
      right.transposedTimes(m, n, k, a, aOffset, b, bOffset, c);
    }

    @Override
    public String description() {
      return "wrong";
    }
  }

  private static float[] numbers(Random random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = 2 * random.nextFloat() - 1;
    }
    return numbers;
  }
}
