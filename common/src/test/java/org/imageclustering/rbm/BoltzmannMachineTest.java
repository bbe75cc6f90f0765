package org.imageclustering.rbm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BoltzmannMachineTest {
  private static final int ROWS = 40;
  private static final int VISIBLE = 12;

  @Test
  void learnsToReconstructTwoPatterns() {
    BoltzmannMachine machine = new BoltzmannMachine(VISIBLE, 6, 1);
    BoltzmannMachine.Step step = new BoltzmannMachine.Step(0.2, 0.5, 1e-4);
    SplittableRandom random = new SplittableRandom(2);
    double first = machine.learnInPlace(patterns(), ROWS, step, random);
    double last = first;
    for (int i = 0; i < 300; i++) {
      last = machine.learnInPlace(patterns(), ROWS, step, random);
    }
    assertThat(last).isLessThan(first / 10);
    float[] hidden = machine.hiddenProbabilities(patterns(), ROWS);
    float[] again = machine.visibleProbabilities(hidden, ROWS);
    assertThat(again[0]).isGreaterThan(0.8f);
    assertThat(again[VISIBLE - 1]).isLessThan(0.2f);
  }

  @Test
  void aStepWithoutRateChangesNothing() {
    BoltzmannMachine machine = new BoltzmannMachine(VISIBLE, 6, 1);
    float[] before = machine.weights().clone();
    machine.learnInPlace(
        patterns(), ROWS, new BoltzmannMachine.Step(0, 0, 0), new SplittableRandom(3));
    assertThat(machine.weights()).isEqualTo(before);
    assertThat(machine.hiddenBias()).containsOnly(0f);
  }

  @Test
  void theMeanOfMachinesIsTheMeanOfTheirParameters() {
    BoltzmannMachine first = new BoltzmannMachine(VISIBLE, 6, 1);
    BoltzmannMachine second = new BoltzmannMachine(VISIBLE, 6, 2);
    BoltzmannMachine.Step step = new BoltzmannMachine.Step(0.2, 0.5, 0);
    first.learnInPlace(patterns(), ROWS, step, new SplittableRandom(1));
    second.learnInPlace(patterns(), ROWS, step, new SplittableRandom(2));
    BoltzmannMachine mean = BoltzmannMachine.mean(List.of(first, second));
    for (int i = 0; i < mean.weights().length; i++) {
      float expected = (first.weights()[i] + second.weights()[i]) / 2;
      assertThat(mean.weights()[i]).isCloseTo(expected, within(1e-6f));
    }
    float expected = (first.visibleBias()[0] + second.visibleBias()[0]) / 2;
    assertThat(mean.visibleBias()[0]).isCloseTo(expected, within(1e-6f));
  }

  /** Rows whose first half is lit, and rows whose second half is, in turn. */
  private static float[] patterns() {
    float[] rows = new float[ROWS * VISIBLE];
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < VISIBLE; i++) {
        rows[row * VISIBLE + i] = (i < VISIBLE / 2) == (row % 2 == 0) ? 1f : 0f;
      }
    }
    return rows;
  }
}
