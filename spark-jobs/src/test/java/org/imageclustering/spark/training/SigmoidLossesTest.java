package org.imageclustering.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

class SigmoidLossesTest {
  private static final IActivation SIGMOID = new ActivationSigmoid();

  static Stream<ILossFunction> losses() {
    return Stream.of(new SigmoidLosses.SquaredError(), new SigmoidLosses.CrossEntropy());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void theGradientIsThatOfTheScoreAndLeavesItsInputAlone(ILossFunction loss) {
    INDArray labels = Nd4j.createFromArray(new float[][] {{0.2f, 0.9f, 0.5f}, {1, 0, 0.3f}});
    INDArray input = Nd4j.createFromArray(new float[][] {{-1, 2, 0.5f}, {0.1f, -0.7f, 1.5f}});
    INDArray before = input.dup();
    INDArray gradient = loss.computeGradient(labels, input, SIGMOID, null).dup();
    assertThat(input).isEqualTo(before);
    double step = 1e-2;
    for (int i = 0; i < input.length(); i++) {
      double value = before.getDouble(i);
      double up = loss.computeScore(labels, with(before, i, value + step), SIGMOID, null, false);
      double down = loss.computeScore(labels, with(before, i, value - step), SIGMOID, null, false);
      assertThat(gradient.getDouble(i)).isCloseTo((up - down) / (2 * step), offset(1e-3));
    }
  }

  private static INDArray with(INDArray array, int at, double value) {
    INDArray changed = array.dup();
    changed.putScalar(at, value);
    return changed;
  }
}
