package org.imageclustering.spectral;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SpectrumBoundsTest {
  /** One eigenvalue below all others: a start that has little of it must not miss it. */
  @Test
  void lowerBoundHoldsForEveryStart() {
    double[] eigenvalues = new double[20_000];
    for (int i = 1; i < eigenvalues.length; i++) {
      eigenvalues[i] = -0.48 + 1.48 * Math.sqrt((i - 0.5) / eigenvalues.length);
    }
    eigenvalues[0] = -0.53;
    SymmetricOperator matrix = EigenSolverContract.diagonal(eigenvalues);
    SplittableRandom seeds = new SplittableRandom(1);
    for (int start = 0; start < 40; start++) {
      SpectrumBounds bounds = SpectrumBounds.of(matrix, seeds.nextLong());
      assertThat(bounds.low()).as("start %d", start).isBetween(-0.7, eigenvalues[0]);
      assertThat(bounds.high()).as("start %d", start).isBetween(1.0, 1.1);
    }
  }
}
