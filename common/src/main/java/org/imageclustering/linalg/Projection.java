package org.imageclustering.linalg;

import java.io.Serializable;
import java.util.Random;

/**
 * A linear map of windows to their leading principal components, which keeps distances as well as
 * any linear map of that size. Not centred: zero stays zero.
 */
public final class Projection implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Entries of a row that are worked on together. */
  private static final int STEP = 4;

  /** Products with the covariance: the space turns to the leading components. */
  private static final int ROUNDS = 6;

  /** What is left of a row, relative to its length, when it is in the space of the others. */
  private static final double VANISHED = 1e-6;

  private final FloatMatrix basis;

  /** length x dimensions. */
  private final float[] transposed;

  /**
   * A projection on known axes.
   *
   * @param basis dimensions x length, one axis a row
   */
  public Projection(FloatMatrix basis) {
    this.basis = basis;
    this.transposed = transposed(basis).values();
  }

  /**
   * Returns the projection on the space of the leading principal components of a sample, by
   * orthogonal iteration from a random start (Halko, Martinsson and Tropp 2011). The axes are an
   * orthonormal basis of that space, not the components themselves: distances are the same.
   *
   * @param sample n x length; O(length^2) memory
   * @param dimensions at most length
   */
  public static Projection fit(FloatMatrix sample, int dimensions, long seed) {
    int length = sample.columns();
    float[] covariance = covariance(sample);
    FloatMatrix axes = FloatMatrix.zeros(dimensions, length);
    Random random = new Random(seed);
    for (int i = 0; i < axes.values().length; i++) {
      axes.values()[i] = (float) random.nextGaussian();
    }
    for (int round = 0; round < ROUNDS; round++) {
      FloatMatrix product = FloatMatrix.zeros(dimensions, length);
      Sgemm.get().times(dimensions, length, length, axes.values(), covariance, product.values());
      axes = product;
      orthonormaliseInPlace(axes);
    }
    return new Projection(axes);
  }

  /** Gram and Schmidt's process, twice for safety; a row that vanishes stays zero. */
  private static void orthonormaliseInPlace(FloatMatrix axes) {
    for (int i = 0; i < axes.rows(); i++) {
      double before = norm(axes, i);
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          subtract(axes, i, j, dot(axes, i, j));
        }
      }
      double left = norm(axes, i);
      float scale = left > VANISHED * before ? (float) (1 / left) : 0;
      for (int c = axes.offset(i); c < axes.offset(i) + axes.columns(); c++) {
        axes.values()[c] *= scale;
      }
    }
  }

  private static double norm(FloatMatrix axes, int row) {
    return Math.sqrt(dot(axes, row, row));
  }

  private static double dot(FloatMatrix axes, int row, int other) {
    double sum = 0;
    for (int c = 0; c < axes.columns(); c++) {
      sum += (double) axes.values()[axes.offset(row) + c] * axes.values()[axes.offset(other) + c];
    }
    return sum;
  }

  private static void subtract(FloatMatrix axes, int row, int other, double factor) {
    for (int c = 0; c < axes.columns(); c++) {
      axes.values()[axes.offset(row) + c] -=
          (float) (factor * axes.values()[axes.offset(other) + c]);
    }
  }

  private static float[] covariance(FloatMatrix sample) {
    int n = sample.rows();
    int d = sample.columns();
    double[] means = new double[d];
    for (int i = 0; i < n * d; i++) {
      means[i % d] += sample.values()[i] / n;
    }
    float[] centred = new float[n * d];
    for (int i = 0; i < n * d; i++) {
      centred[i] = (float) (sample.values()[i] - means[i % d]);
    }
    FloatMatrix columns = transposed(new FloatMatrix(n, d, centred));
    float[] covariance = new float[d * d];
    Sgemm.get().timesTransposed(d, d, n, columns.values(), 0, columns.values(), 0, covariance);
    float scale = 1f / n;
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] *= scale;
    }
    return covariance;
  }

  private static FloatMatrix transposed(FloatMatrix matrix) {
    FloatMatrix result = FloatMatrix.zeros(matrix.columns(), matrix.rows());
    for (int i = 0; i < matrix.rows(); i++) {
      for (int j = 0; j < matrix.columns(); j++) {
        result.values()[j * matrix.rows() + i] = matrix.values()[i * matrix.columns() + j];
      }
    }
    return result;
  }

  /** Returns the axes, dimensions x length. */
  public FloatMatrix basis() {
    return basis;
  }

  /**
   * Returns the rows on the axes: n x dimensions. A plain loop in a fixed order, not a matrix
   * product of the BLAS, whose low bits depend on a row's place in its block: equal windows must
   * stay equal, whatever batch they come in (docs/decisions/002).
   */
  public FloatMatrix apply(FloatMatrix rows) {
    FloatMatrix projected = FloatMatrix.zeros(rows.rows(), basis.rows());
    for (int row = 0; row < rows.rows(); row++) {
      project(rows.values(), rows.offset(row), projected.values(), projected.offset(row));
    }
    return projected;
  }

  /**
   * Four entries of the row at a time; those that are all zero, as of blank patches, are skipped.
   */
  private void project(float[] row, int from, float[] target, int offset) {
    int dimensions = basis.rows();
    int length = basis.columns();
    int whole = length - length % STEP;
    for (int i = 0; i < whole; i += STEP) {
      float a = row[from + i];
      float b = row[from + i + 1];
      float c = row[from + i + 2];
      float d = row[from + i + 3];
      if (a != 0 || b != 0 || c != 0 || d != 0) {
        int axis = i * dimensions;
        for (int j = 0; j < dimensions; j++) {
          target[offset + j] +=
              a * transposed[axis + j]
                  + b * transposed[axis + dimensions + j]
                  + c * transposed[axis + 2 * dimensions + j]
                  + d * transposed[axis + 3 * dimensions + j];
        }
      }
    }
    for (int i = whole; i < length; i++) {
      for (int j = 0; j < dimensions; j++) {
        target[offset + j] += row[from + i] * transposed[i * dimensions + j];
      }
    }
  }
}
