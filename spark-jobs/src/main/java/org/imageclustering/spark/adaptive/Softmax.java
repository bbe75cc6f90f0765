package org.imageclustering.spark.adaptive;

import java.util.Arrays;

/**
 * The softmax, and small vectors by their length. Exponentials are strict: those of {@code Math}
 * may differ in their last bit once the virtual machine compiles them.
 */
final class Softmax {
  private Softmax() {}

  /** Returns the softmax of k values. */
  static double[] of(float[] values, int offset, int k) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < k; c++) {
      largest = Math.max(largest, values[offset + c]);
    }
    double[] softmax = new double[k];
    double sum = 0;
    for (int c = 0; c < k; c++) {
      softmax[c] = StrictMath.exp(values[offset + c] - largest);
      sum += softmax[c];
    }
    for (int c = 0; c < k; c++) {
      softmax[c] /= sum;
    }
    return softmax;
  }

  /** Returns the vector divided by its length. */
  static double[] unit(double[] vector) {
    double length = Math.sqrt(dot(vector, vector));
    return Arrays.stream(vector).map(value -> value / length).toArray();
  }

  /** Returns the sum of the products. */
  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int c = 0; c < a.length; c++) {
      sum += a[c] * b[c];
    }
    return sum;
  }
}
