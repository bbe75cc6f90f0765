package org.imageclustering.spark.session;

import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** MLlib's vectors of what is held in single precision. */
public final class DenseVectors {
  private DenseVectors() {}

  /** Returns all numbers as a dense vector. */
  public static Vector of(float[] values) {
    return of(values, 0, values.length);
  }

  /** Returns the numbers from an offset on as a dense vector. */
  public static Vector of(float[] values, int offset, int length) {
    double[] entries = new double[length];
    for (int i = 0; i < length; i++) {
      entries[i] = values[offset + i];
    }
    return Vectors.dense(entries);
  }
}
