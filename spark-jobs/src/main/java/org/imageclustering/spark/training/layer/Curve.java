package org.imageclustering.spark.training.layer;

import org.imageclustering.UserException;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;

/**
 * An activation function whose derivative follows from its value, so that a layer need not keep
 * what went in: {@code f'} of ReLU is {@code [y > 0]}, of the sigmoid {@code y (1 - y)}.
 */
abstract class Curve {
  /** Replaces each z by f(z). */
  abstract void applyInPlace(float[] z, int length);

  /** Multiplies each gradient by f'(z), given y = f(z). */
  abstract void backInPlace(float[] gradient, float[] y, int length);

  /** Tells whether f(z) = z. */
  boolean isIdentity() {
    return false;
  }

  /**
   * Returns the function that a configuration names.
   *
   * @throws UserException if there is no such function here
   */
  static Curve of(IActivation activation) {
    if (activation instanceof ActivationIdentity) {
      return new Linear();
    }
    if (activation instanceof ActivationReLU) {
      return new Rectifier(0f);
    }
    if (activation instanceof ActivationLReLU leaky) {
      return new Rectifier((float) leaky.getAlpha());
    }
    if (activation instanceof ActivationSigmoid) {
      return new Sigmoid();
    }
    throw new UserException(
        "Cannot use the activation %s: expected one of %s, %s, %s, %s"
            .formatted(
                activation,
                Activation.IDENTITY,
                Activation.RELU,
                Activation.LEAKYRELU,
                Activation.SIGMOID));
  }

  private static final class Linear extends Curve {
    @Override
    boolean isIdentity() {
      return true;
    }

    @Override
    void applyInPlace(float[] z, int length) {
      // f(z) = z.
    }

    @Override
    void backInPlace(float[] gradient, float[] y, int length) {
      // f'(z) = 1.
    }
  }

  private static final class Rectifier extends Curve {
    private final float slope;

    Rectifier(float slope) {
      this.slope = slope;
    }

    @Override
    void applyInPlace(float[] z, int length) {
      if (slope == 0) {
        for (int i = 0; i < length; i++) {
          z[i] = Math.max(z[i], 0f);
        }
        return;
      }
      for (int i = 0; i < length; i++) {
        z[i] = Math.max(z[i], 0f) + slope * Math.min(z[i], 0f);
      }
    }

    @Override
    void backInPlace(float[] gradient, float[] y, int length) {
      if (slope == 0) {
        // 1 where y > 0, without a branch that signs make hard to foretell.
        for (int i = 0; i < length; i++) {
          gradient[i] *= Math.min(1f, y[i] * Float.MAX_VALUE);
        }
        return;
      }
      for (int i = 0; i < length; i++) {
        gradient[i] *= y[i] > 0 ? 1f : slope;
      }
    }
  }

  private static final class Sigmoid extends Curve {
    @Override
    void applyInPlace(float[] z, int length) {
      for (int i = 0; i < length; i++) {
        z[i] = (float) (1 / (1 + Math.exp(-z[i])));
      }
    }

    @Override
    void backInPlace(float[] gradient, float[] y, int length) {
      for (int i = 0; i < length; i++) {
        gradient[i] *= y[i] * (1 - y[i]);
      }
    }
  }
}
