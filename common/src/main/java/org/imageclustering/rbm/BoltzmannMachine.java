package org.imageclustering.rbm;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.imageclustering.linalg.Sgemm;

/**
 * A restricted Boltzmann machine of binary units: {@code p(h | v) = s(v W + b)}, {@code p(v | h) =
 * s(h W^T + a)} with the logistic s. Learns by contrastive divergence with one step of Gibbs
 * sampling (CD-1; Hinton 2002).
 */
public final class BoltzmannMachine implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double FIRST_DEVIATION = 0.01;

  private final int visible;
  private final int hidden;
  private final float[] weights;
  private final float[] visibleBias;
  private final float[] hiddenBias;
  private final float[] velocity;

  /** A machine with weights drawn from a normal distribution of deviation .01, and zero biases. */
  public BoltzmannMachine(int visible, int hidden, long seed) {
    this.visible = visible;
    this.hidden = hidden;
    this.weights = new float[Math.multiplyExact(visible, hidden)];
    this.visibleBias = new float[visible];
    this.hiddenBias = new float[hidden];
    this.velocity = new float[weights.length];
    java.util.Random random = new java.util.Random(seed);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (FIRST_DEVIATION * random.nextGaussian());
    }
  }

  /** What a step is told: rate of learning, momentum of the weights, and their decay. */
  public record Step(double rate, double momentum, double decay) {}

  /** Returns W, visible x hidden, row-major, not a copy. */
  public float[] weights() {
    return weights;
  }

  /** Returns a, the biases of the visible units, not a copy. */
  public float[] visibleBias() {
    return visibleBias;
  }

  /** Returns b, the biases of the hidden units, not a copy. */
  public float[] hiddenBias() {
    return hiddenBias;
  }

  /**
   * Returns p(h = 1 | v) for n rows.
   *
   * @param rows n x visible, in [0, 1]
   * @return n x hidden
   */
  public float[] hiddenProbabilities(float[] rows, int count) {
    float[] product = new float[count * hidden];
    Sgemm.get().times(count, hidden, visible, rows, weights, product);
    return logistic(product, hiddenBias);
  }

  /** Returns p(v = 1 | h) for n rows, n x hidden. */
  public float[] visibleProbabilities(float[] rows, int count) {
    float[] product = new float[count * visible];
    Sgemm.get().timesTransposed(count, visible, hidden, rows, 0, weights, 0, product);
    return logistic(product, visibleBias);
  }

  /**
   * Takes one step on a mini-batch: {@code W += rate (v0^T h0 - v1^T h1) / n}, with v1 the
   * reconstruction from sampled hidden units.
   *
   * @param rows n x visible, in [0, 1]
   * @return the mean squared error of the reconstruction, summed over the visible units
   */
  public double learnInPlace(float[] rows, int count, Step step, SplittableRandom random) {
    float[] first = hiddenProbabilities(rows, count);
    float[] sampled = new float[first.length];
    for (int i = 0; i < sampled.length; i++) {
      sampled[i] = random.nextDouble() < first[i] ? 1f : 0f;
    }
    float[] again = visibleProbabilities(sampled, count);
    float[] second = hiddenProbabilities(again, count);
    float[] positive = new float[weights.length];
    float[] negative = new float[weights.length];
    Sgemm.get().transposedTimes(visible, hidden, count, rows, 0, first, 0, positive);
    Sgemm.get().transposedTimes(visible, hidden, count, again, 0, second, 0, negative);
    for (int i = 0; i < weights.length; i++) {
      double gradient = (positive[i] - negative[i]) / count - step.decay() * weights[i];
      velocity[i] = (float) (step.momentum() * velocity[i] + step.rate() * gradient);
      weights[i] += velocity[i];
    }
    move(visibleBias, rows, again, step.rate() / count);
    move(hiddenBias, first, second, step.rate() / count);
    double error = 0;
    for (int i = 0; i < rows.length; i++) {
      error += (double) (rows[i] - again[i]) * (rows[i] - again[i]);
    }
    return error / count;
  }

  /**
   * Returns the mean of machines of one size: their parameters and the velocities of their weights.
   *
   * @param machines at least one; not modified
   */
  public static BoltzmannMachine mean(Iterable<BoltzmannMachine> machines) {
    BoltzmannMachine mean = null;
    int count = 0;
    for (BoltzmannMachine machine : machines) {
      if (mean == null) {
        mean = new BoltzmannMachine(machine.visible, machine.hidden, 0);
        java.util.Arrays.fill(mean.weights, 0f);
      }
      add(machine.weights, mean.weights);
      add(machine.visibleBias, mean.visibleBias);
      add(machine.hiddenBias, mean.hiddenBias);
      add(machine.velocity, mean.velocity);
      count++;
    }
    if (mean == null) {
      throw new IllegalArgumentException("Cannot average machines: found none, expected one");
    }
    for (float[] values :
        new float[][] {mean.weights, mean.visibleBias, mean.hiddenBias, mean.velocity}) {
      for (int i = 0; i < values.length; i++) {
        values[i] /= count;
      }
    }
    return mean;
  }

  /** Returns a copy that learns on its own. */
  public BoltzmannMachine copy() {
    return mean(java.util.List.of(this));
  }

  private static void add(float[] from, float[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i];
    }
  }

  private static void move(float[] bias, float[] positive, float[] negative, double rate) {
    double[] sums = new double[bias.length];
    for (int i = 0; i < positive.length; i++) {
      sums[i % bias.length] += positive[i] - negative[i];
    }
    for (int i = 0; i < bias.length; i++) {
      bias[i] += (float) (rate * sums[i]);
    }
  }

  private static float[] logistic(float[] z, float[] bias) {
    for (int i = 0; i < z.length; i++) {
      z[i] = (float) (1 / (1 + Math.exp(-(z[i] + bias[i % bias.length]))));
    }
    return z;
  }
}
