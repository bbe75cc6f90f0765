package org.imageclustering.spark.training;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * Losses of a sigmoid whose gradient leaves their input as it is. DL4J's own write the gradient
 * over the input, from which it takes the score of the same step afterwards: the network learns,
 * but the loss that it tells is none.
 */
final class SigmoidLosses {
  private SigmoidLosses() {}

  /** Squared error. */
  public static final class SquaredError extends LossL2 {
    private static final long serialVersionUID = 1L;

    @Override
    public INDArray computeGradient(
        INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
      return super.computeGradient(labels, preOutput.dup(), activation, mask);
    }
  }

  /** Binary cross-entropy, natural logarithms. */
  public static final class CrossEntropy extends LossBinaryXENT {
    private static final long serialVersionUID = 1L;

    @Override
    public INDArray computeGradient(
        INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
      return super.computeGradient(labels, preOutput.dup(), activation, mask);
    }
  }
}
