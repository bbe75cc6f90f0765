package org.imageclustering.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.imageclustering.UserException;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.NormalizedAffinity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every eigensolver must do; the tests of a solver extend this list. */
abstract class EigenSolverContract {
  /** Settable, {@code -Dtest.seed=N}; part of every failure's message. */
  static final long SEED = Long.getLong("test.seed", System.nanoTime());

  private static final double RESIDUAL = 1.001e-4;

  abstract EigenSolver solver();

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 1", "50, 50", "300, 10", "500, 30"})
  void pathHasCosines(int n, int count) {
    double[] spectrum = descending(n, i -> Math.cos(Math.PI * i / (n - 1)));
    check(new NormalizedAffinity(Graphs.path(n)), count, spectrum);
  }

  @ParameterizedTest
  @CsvSource({"3, 3", "40, 7", "301, 12", "400, 33"})
  void cycleHasCosinesTwice(int n, int count) {
    double[] spectrum = descending(n, i -> Math.cos(2 * Math.PI * i / n));
    check(new NormalizedAffinity(Graphs.cycle(n)), count, spectrum);
  }

  @ParameterizedTest
  @CsvSource({"2, 1, 2", "30, 1, 30", "200, 1, 3", "10, 60, 20", "10, 60, 60", "10, 60, 70"})
  void completeGraphsHaveOnesAndOneNegativeValue(int size, int copies, int count) {
    double[] spectrum = descending(size * copies, i -> i < copies ? 1 : -1.0 / (size - 1));
    check(new NormalizedAffinity(Graphs.complete(size, copies)), count, spectrum);
  }

  @ParameterizedTest
  @CsvSource({"5, 5", "300, 4", "300, 40"})
  void starHasZeros(int n, int count) {
    double[] spectrum = descending(n, i -> i == 0 ? 1 : i == n - 1 ? -1 : 0);
    check(new NormalizedAffinity(Graphs.star(n)), count, spectrum);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 80})
  void matrixOfZerosHasZeros(int count) {
    check(diagonal(new double[500]), count, new double[500]);
  }

  @Test
  void largeAndNegativeValuesAreInOrder() {
    double[] spectrum = descending(400, i -> 1e4 * Math.sin(i) - 2e4);
    check(diagonal(spectrum), 15, spectrum);
  }

  @Test
  void randomGraphAgreesWithTheExactSolver() {
    SymmetricOperator matrix = new NormalizedAffinity(Graphs.random(400, SEED));
    double[] exact = new DenseEigenSolver().largest(matrix, 400, 0).values();
    check(matrix, 20, exact);
  }

  @Test
  void sameSeedGivesTheSameBitsOnAnyNumberOfCores() throws Exception {
    SymmetricOperator matrix = new NormalizedAffinity(Graphs.random(700, SEED));
    EigenPairs here = solver().largest(matrix, 5, 7);
    for (int cores : new int[] {1, 3}) {
      ForkJoinPool pool = new ForkJoinPool(cores);
      EigenPairs there = pool.submit(() -> solver().largest(matrix, 5, 7)).get();
      pool.shutdown();
      assertThat(there.values()).as("seed %d", SEED).isEqualTo(here.values());
      assertThat(there.vectors().values()).isEqualTo(here.vectors().values());
      assertThat(there.residuals()).isEqualTo(here.residuals());
    }
  }

  @Test
  void otherSeedGivesTheSameValues() {
    CsrGraph graph = Graphs.random(700, SEED);
    SymmetricOperator matrix = new NormalizedAffinity(graph);
    double[] one = solver().largest(matrix, 8, 1).values();
    double[] two = solver().largest(matrix, 8, 2).values();
    for (int i = 0; i < 8; i++) {
      assertThat(one[i]).as("seed %d", SEED).isCloseTo(two[i], within(1e-5));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 11})
  void impossibleCountIsTheUsersError(int count) {
    SymmetricOperator matrix = new NormalizedAffinity(Graphs.path(10));
    assertThatThrownBy(() -> solver().largest(matrix, count, 0))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot compute eigenvectors: found a request for "
                + count
                + ", expected 1 to 10, the number of nodes");
  }

  /** Residuals, orthonormality, order, sign and the values themselves. */
  private void check(SymmetricOperator matrix, int count, double[] spectrum) {
    EigenPairs pairs = solver().largest(matrix, count, SEED);
    int n = matrix.dimension();
    double norm = Arrays.stream(spectrum).map(Math::abs).max().orElseThrow();
    double scale = norm == 0 ? 1 : norm;
    assertThat(pairs.values()).hasSize(count);
    assertThat(pairs.vectors().rows()).isEqualTo(n);
    assertThat(pairs.vectors().columns()).isEqualTo(count);
    float[] x = pairs.vectors().values();
    float[] y = new float[x.length];
    matrix.multiply(count, x, y);
    for (int c = 0; c < count; c++) {
      int column = c;
      double residual =
          norm(n, i -> y[i * count + column] - pairs.values()[column] * x[i * count + column]);
      assertThat(residual).as("residual %d, seed %d", c, SEED).isLessThan(RESIDUAL * scale);
      assertThat(pairs.residuals()[c]).isCloseTo(residual, within(1e-5 * scale));
      assertThat(pairs.values()[c])
          .as("value %d, seed %d", c, SEED)
          .isCloseTo(spectrum[c], within(RESIDUAL * scale));
      assertThat(c == 0 || pairs.values()[c] <= pairs.values()[c - 1]).isTrue();
      checkProducts(x, count, c);
      checkSign(x, count, c);
    }
  }

  private static void checkProducts(float[] x, int count, int c) {
    for (int other = 0; other <= c; other++) {
      double dot = 0;
      for (int i = 0; i < x.length; i += count) {
        dot += (double) x[i + c] * x[i + other];
      }
      assertThat(dot)
          .as("product of vectors %d and %d, seed %d", c, other, SEED)
          .isCloseTo(other == c ? 1 : 0, within(1e-5));
    }
  }

  private static void checkSign(float[] x, int count, int c) {
    float extreme = 0;
    for (int i = c; i < x.length; i += count) {
      extreme = Math.abs(x[i]) > Math.abs(extreme) ? x[i] : extreme;
    }
    assertThat(extreme).as("entry of largest absolute value").isPositive();
  }

  private static double norm(int n, IntToDoubleFunction entry) {
    return Math.sqrt(IntStream.range(0, n).mapToDouble(entry).map(v -> v * v).sum());
  }

  static double[] descending(int n, IntToDoubleFunction value) {
    double[] values = IntStream.range(0, n).mapToDouble(value).sorted().toArray();
    return IntStream.range(0, n).mapToDouble(i -> values[n - 1 - i]).toArray();
  }

  static SymmetricOperator diagonal(double[] entries) {
    return new SymmetricOperator() {
      @Override
      public int dimension() {
        return entries.length;
      }

      @Override
      public void multiply(int width, float[] x, float[] y) {
        for (int i = 0; i < x.length; i++) {
          y[i] = (float) (entries[i / width] * x[i]);
        }
      }
    };
  }
}
