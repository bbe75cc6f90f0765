package org.imageclustering.spark.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.imageclustering.spark.training.Natives;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Which pairs are chosen, what they cost, and the gradient. */
final class PairLossTest {
  private static final double U = 0.95;
  private static final double L = 0.5;

  /** Values before the softmax of (1, 0), (1, 0), (0, 1) and (1/2, 1/2), nearly. */
  private static final double[][] KNOWN = {{30, 0}, {30, 0}, {0, 30}, {0, 0}};

  @BeforeAll
  static void natives() {
    Natives.require();
  }

  @Test
  void pairsAreChosenByTheImagesAsTheyAreAndPaidForByThoseTrained() {
    double a = Math.log(3);
    INDArray output = output(KNOWN, new double[][] {{a, 0}, {0, a}, {0, a}, {5, 0}});
    INDArray none = clusters(-1, -1, -1, -1);
    // As they are: 0-1 alike (1), 0-2 and 1-2 not (0), those with the fourth at .71: none.
    // As trained: (3/4, 1/4) and (1/4, 3/4), whose similarity is 6/10; 1-2 are the same: 1.
    double s = 0.6;
    double expected = (-Math.log(s) - Math.log(1 - s) - Math.log(1e-6)) / 3;
    assertThat(new PairLoss(U, L, 1, true, false).computeScore(none, output, null, null, true))
        .isCloseTo(expected, within(1e-5));
    assertThat(new PairLoss(U, L, 0.3, true, false).computeScore(none, output, null, null, false))
        .isCloseTo(0.3 * 4 * expected, within(1e-5));
    assertThat(new PairLoss(U, L, 1, false, false).computeScore(none, output, null, null, true))
        .isCloseTo(-Math.log(s), within(1e-6));
  }

  @Test
  void clustersThatAreGivenDecideInstead() {
    double a = Math.log(3);
    INDArray output = output(KNOWN, new double[][] {{a, 0}, {0, a}, {0, a}, {0, a}});
    INDArray given = clusters(0, 1, 1, -1);
    // 0-1 and 0-2 differ, 1-2 are the same; the fourth has no cluster and .71 selects nothing.
    double expected = (-2 * Math.log(0.4) - Math.log(1 - 1e-6)) / 3;
    assertThat(new PairLoss(U, L, 1, true, false).computeScore(given, output, null, null, true))
        .isCloseTo(expected, within(1e-5));
  }

  @Test
  void disputedPairsAreLeftOutWhereBothMustAgree() {
    double a = Math.log(3);
    INDArray output = output(KNOWN, new double[][] {{a, 0}, {0, a}, {0, a}, {0, a}});
    PairLoss loss = new PairLoss(U, L, 1, true, true);
    // By the images as they are 0-1 are alike, 0-2 and 1-2 not; the clusters say so of 0-2 alone.
    assertThat(loss.computeScore(clusters(0, 1, 1, 1), output, null, null, true))
        .isCloseTo(-Math.log(0.4), within(1e-5));
    // An image without a cluster is labelled by the similarities: 1-2 is not alike, trained as 1.
    assertThat(loss.computeScore(clusters(0, 1, -1, 1), output, null, null, true))
        .isCloseTo((-Math.log(0.4) - Math.log(1e-6)) / 2, within(1e-5));
  }

  @Test
  void thresholdsMeetAndStayTogether() {
    AdaptiveOptions.Thresholds thresholds = new AdaptiveOptions.Thresholds(U, L, 0.1, 0.0055);
    assertThat(thresholds.xi(1)).isZero();
    assertThat(thresholds.xi(3)).isCloseTo(0.011, within(1e-12));
    assertThat(thresholds.u(0.011)).isCloseTo(0.939, within(1e-12));
    assertThat(thresholds.l(0.011)).isCloseTo(0.5011, within(1e-12));
    double end = thresholds.xi(1000);
    assertThat(end).isCloseTo(0.45 / 1.1, within(1e-12));
    assertThat(thresholds.u(end)).isCloseTo(thresholds.l(end), within(1e-12));
  }

  @Test
  void gradient() {
    int rows = 9;
    int k = 4;
    SplittableRandom random = new SplittableRandom(3);
    INDArray output = Nd4j.create(DataType.DOUBLE, rows, 2L * k);
    for (long i = 0; i < output.length(); i++) {
      output.putScalar(i, 4 * random.nextDouble() - 2);
    }
    INDArray none = clusters(-1, -1, -1, -1, -1, -1, -1, -1, -1);
    PairLoss loss = new PairLoss(0.8, 0.6, 0.3, true, false);
    INDArray gradient = loss.computeGradient(none, output, null, null);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < 2 * k; column++) {
        double value = output.getDouble(row, column);
        double expected = 0;
        if (column >= k) {
          output.putScalar(row, column, value + 1e-3);
          double above = loss.computeScore(none, output, null, null, false);
          output.putScalar(row, column, value - 1e-3);
          double below = loss.computeScore(none, output, null, null, false);
          output.putScalar(row, column, value);
          expected = (above - below) / 2e-3;
        }
        assertThat(gradient.getDouble(row, column)).isCloseTo(expected, within(1e-4));
      }
    }
    assertThat(gradient.norm2Number().doubleValue()).isGreaterThan(0.1);
  }

  private static INDArray output(double[][] known, double[][] trained) {
    INDArray output = Nd4j.create(DataType.FLOAT, known.length, 4);
    for (int i = 0; i < known.length; i++) {
      for (int c = 0; c < 2; c++) {
        output.putScalar(i, c, known[i][c]);
        output.putScalar(i, 2 + c, trained[i][c]);
      }
    }
    return output;
  }

  private static INDArray clusters(float... values) {
    return Nd4j.create(values, new long[] {values.length, 1}, 'c');
  }
}
