package org.imageclustering.spark.training;

import java.io.Serializable;

/** Count, sums and sums of products of codes, in double precision: their mean and covariance. */
final class Moments implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int length;
  private long count;
  private final double[] sums;
  private final double[] products;

  Moments(int length) {
    this.length = length;
    this.sums = new double[length];
    this.products = new double[length * length];
  }

  /** Adds n codes, n x d. */
  Moments addInPlace(float[] codes) {
    for (int at = 0; at < codes.length; at += length) {
      count++;
      for (int i = 0; i < length; i++) {
        sums[i] += codes[at + i];
        for (int j = 0; j <= i; j++) {
          products[i * length + j] += (double) codes[at + i] * codes[at + j];
        }
      }
    }
    return this;
  }

  Moments mergeInPlace(Moments other) {
    count += other.count;
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.sums[i];
    }
    for (int i = 0; i < products.length; i++) {
      products[i] += other.products[i];
    }
    return this;
  }

  double[] mean() {
    double[] mean = new double[length];
    for (int i = 0; i < length; i++) {
      mean[i] = sums[i] / count;
    }
    return mean;
  }

  /** Returns the covariance, d x d. */
  double[][] covariance() {
    double[] mean = mean();
    double[][] covariance = new double[length][length];
    for (int i = 0; i < length; i++) {
      for (int j = 0; j <= i; j++) {
        covariance[i][j] = products[i * length + j] / count - mean[i] * mean[j];
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }

  /** Returns the root of the mean variance of an entry: the spread of the codes. */
  double spread() {
    double[][] covariance = covariance();
    double trace = 0;
    for (int i = 0; i < length; i++) {
      trace += Math.max(0, covariance[i][i]);
    }
    return Math.sqrt(trace / length);
  }
}
