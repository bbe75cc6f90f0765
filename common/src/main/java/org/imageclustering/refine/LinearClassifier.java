package org.imageclustering.refine;

import java.io.Serializable;

/** A hyperplane {@code w x + b = 0} with a positive side. Immutable. */
public final class LinearClassifier implements Serializable {
  private static final long serialVersionUID = 1L;

  private final float[] weights;
  private final float bias;
  private final double norm;

  /** A classifier of d weights, which are not copied. */
  public LinearClassifier(float[] weights, float bias) {
    this.weights = weights;
    this.bias = bias;
    double square = 0;
    for (float weight : weights) {
      square += (double) weight * weight;
    }
    this.norm = Math.sqrt(square);
  }

  /**
   * Returns the signed distance of a point to the hyperplane, {@code (w x + b) / |w|}; the bias
   * alone where all weights are 0.
   *
   * @param points holds the point's d numbers from an offset on
   */
  public double distance(float[] points, int offset) {
    double sum = bias;
    for (int j = 0; j < weights.length; j++) {
      sum += (double) weights[j] * points[offset + j];
    }
    return norm > 0 ? sum / norm : sum;
  }

  /** Returns the d weights, not a copy. */
  public float[] weights() {
    return weights;
  }

  /** Returns the bias. */
  public float bias() {
    return bias;
  }
}
