package org.imageclustering.partition;

import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.EigenPairs;

/**
 * From eigenvectors of D^-1/2 W D^-1/2 to one point per node: the trivial vector dropped, columns
 * scaled or not, rows normalised to unit length. A row of zeros stays one.
 *
 * <p>A graph of c components has the eigenvalue 1 c times. Its eigenspace holds the trivial vector
 * D^1/2 1 and c - 1 vectors that tell the components apart; the solver may give any rotation of
 * them, so the trivial direction is turned out of the eigenspace before it is dropped.
 */
public final class SpectralCoordinates {
  /** A gap 1 - lambda below this is not resolved in single precision. */
  private static final double SMALLEST_GAP = 1e-6;

  private final double[] values;
  private final FloatMatrix vectors;
  private final int nullVectors;

  private SpectralCoordinates(double[] values, FloatMatrix vectors, int nullVectors) {
    this.values = values;
    this.vectors = vectors;
    this.nullVectors = nullVectors;
  }

  /**
   * Returns the coordinates of all vectors but the trivial one.
   *
   * @param pairs the m largest eigenvalues of the normalised affinity and their vectors, m at least
   *     2; not modified
   * @param degrees the graph's n degrees; not modified
   * @param components the number of the graph's components
   */
  public static SpectralCoordinates of(EigenPairs pairs, double[] degrees, int components) {
    int m = pairs.values().length;
    int shared = Math.min(components, m);
    double[] reflection = reflection(pairs.vectors(), degrees, shared);
    FloatMatrix rest = FloatMatrix.zeros(pairs.vectors().rows(), m - 1);
    for (int i = 0; i < rest.rows(); i++) {
      dropFirst(pairs.vectors(), i, reflection, rest);
    }
    double[] values = java.util.Arrays.copyOfRange(pairs.values(), 1, m);
    return new SpectralCoordinates(values, rest, shared - 1);
  }

  /** Returns the number of vectors there are. */
  public int count() {
    return values.length;
  }

  /**
   * Returns the rows of the first {@code count} vectors, each scaled by 1 / sqrt(1 - lambda).
   * Divided by the roots of the degrees too, rows would have commute times as their squared
   * distances, up to a factor (Fouss et al. 2007; Qiu and Hancock 2007); the normalisation of the
   * rows cancels that division.
   *
   * <p>The vectors of eigenvalue 1 that tell components apart would get an infinite scale, which
   * leaves nothing of the structure within a component: they get that of the first vector below 1
   * (docs/decisions/010).
   *
   * @param count at most {@link #count()}; more is cut to it
   */
  public FloatMatrix commuteTime(int count) {
    double[] scale = new double[Math.min(count, count())];
    for (int j = 0; j < scale.length; j++) {
      double value = values[Math.min(Math.max(j, nullVectors), values.length - 1)];
      scale[j] = 1 / Math.sqrt(Math.max(1 - value, SMALLEST_GAP));
    }
    return normalised(scale);
  }

  /**
   * Returns the rows of the first {@code count} vectors as they are (Ng, Jordan and Weiss 2001,
   * step 4, without the trivial vector).
   *
   * @param count at most {@link #count()}; more is cut to it
   */
  public FloatMatrix njw(int count) {
    double[] ones = new double[Math.min(count, count())];
    java.util.Arrays.fill(ones, 1);
    return normalised(ones);
  }

  private FloatMatrix normalised(double[] scale) {
    FloatMatrix rows = FloatMatrix.zeros(vectors.rows(), scale.length);
    float[] out = rows.values();
    for (int i = 0; i < rows.rows(); i++) {
      int from = vectors.offset(i);
      int to = rows.offset(i);
      double square = 0;
      for (int j = 0; j < scale.length; j++) {
        double value = vectors.values()[from + j] * scale[j];
        square += value * value;
      }
      double length = square == 0 ? 1 : Math.sqrt(square);
      for (int j = 0; j < scale.length; j++) {
        out[to + j] = (float) (vectors.values()[from + j] * scale[j] / length);
      }
    }
    return rows;
  }

  /**
   * Returns the vector v of the Householder reflection I - 2 v v^T (|v| = 1) that turns the trivial
   * vector's coordinates in the shared eigenspace into a multiple of the first unit vector.
   */
  private static double[] reflection(FloatMatrix vectors, double[] degrees, int shared) {
    double[] v = new double[shared];
    for (int i = 0; i < degrees.length; i++) {
      double trivial = Math.sqrt(degrees[i]);
      for (int j = 0; j < shared; j++) {
        v[j] += trivial * vectors.values()[vectors.offset(i) + j];
      }
    }
    v[0] += Math.copySign(length(v), v[0]);
    double length = length(v);
    for (int j = 0; j < shared && length > 0; j++) {
      v[j] /= length;
    }
    return v;
  }

  private static double length(double[] v) {
    double square = 0;
    for (double value : v) {
      square += value * value;
    }
    return Math.sqrt(square);
  }

  /** Writes row i, reflected, without its first entry. */
  private static void dropFirst(FloatMatrix vectors, int i, double[] reflection, FloatMatrix rest) {
    float[] in = vectors.values();
    int from = vectors.offset(i);
    double along = 0;
    for (int j = 0; j < reflection.length; j++) {
      along += reflection[j] * in[from + j];
    }
    for (int j = 1; j < vectors.columns(); j++) {
      double mirrored = j < reflection.length ? 2 * along * reflection[j] : 0;
      rest.values()[rest.offset(i) + j - 1] = (float) (in[from + j] - mirrored);
    }
  }
}
