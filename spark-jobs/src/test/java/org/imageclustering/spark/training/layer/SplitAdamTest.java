package org.imageclustering.spark.training.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.imageclustering.spark.training.Natives;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;

/** The steps against DL4J's own, and what is saved. */
final class SplitAdamTest {
  /** Several chunks, and a rest of a block. */
  private static final int LENGTH = (1 << 17) + 2501;

  private static final double RATE = 0.01;

  @BeforeAll
  static void natives() {
    Natives.require();
  }

  @Test
  void stepsAndStateAreThoseOfAdam() {
    INDArray expectedState = Nd4j.ones(DataType.FLOAT, 1, 2L * LENGTH);
    INDArray state = Nd4j.ones(DataType.FLOAT, 1, 2L * LENGTH);
    GradientUpdater<?> expected = new Adam(RATE).instantiate(expectedState, true);
    GradientUpdater<?> found = new SplitAdam(RATE).instantiate(state, true);
    for (int iteration = 0; iteration < 3; iteration++) {
      INDArray gradient = Nd4j.randn(DataType.FLOAT, 1, LENGTH);
      gradient.putScalar(0, 0);
      INDArray same = gradient.dup();
      expected.applyUpdater(gradient, iteration, 0);
      found.applyUpdater(same, iteration, 0);
      assertThat(gradient.norm2Number().doubleValue()).isGreaterThan(1);
      assertClose(same, gradient);
      assertClose(state, expectedState);
    }
  }

  @Test
  void stateBySideIsTheSameAsInOneArray() {
    INDArray state = Nd4j.zeros(DataType.FLOAT, 1, 6);
    GradientUpdater<?> one = new SplitAdam(RATE).instantiate(state, true);
    Map<String, INDArray> two = new HashMap<>();
    two.put("M", Nd4j.ones(DataType.FLOAT, 3));
    two.put("V", Nd4j.ones(DataType.FLOAT, 3));
    GradientUpdater<?> other = new SplitAdam(RATE).instantiate(two, true);
    INDArray gradient = Nd4j.createFromArray(1f, -2f, 3f);
    INDArray same = gradient.dup();
    one.applyUpdater(gradient, 0, 0);
    other.applyUpdater(same, 0, 0);
    assertThat(same.toFloatVector()).isEqualTo(gradient.toFloatVector());
    assertThat(other.getState().get("M").toFloatVector())
        .isEqualTo(one.getState().get("M").toFloatVector());
  }

  @Test
  void isReadBackAsWritten() {
    SplitAdam updater = new SplitAdam(RATE);
    updater.setBeta1(0.8);
    NeuralNetConfiguration written =
        new NeuralNetConfiguration.Builder()
            .updater(updater.clone())
            .layer(new DenseLayer.Builder().nIn(2).nOut(2).build())
            .build();
    NeuralNetConfiguration read = NeuralNetConfiguration.fromJson(written.toJson());
    assertThat(((BaseLayer) read.getLayer()).getIUpdater())
        .isInstanceOf(SplitAdam.class)
        .isEqualTo(updater);
  }

  private static void assertClose(INDArray found, INDArray expected) {
    float[] values = found.toFloatVector();
    float[] right = expected.toFloatVector();
    for (int i = 0; i < right.length; i++) {
      assertThat((double) values[i]).isCloseTo(right[i], within(1e-6 + 1e-5 * Math.abs(right[i])));
    }
  }
}
