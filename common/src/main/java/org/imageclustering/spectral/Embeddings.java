package org.imageclustering.spectral;

import org.imageclustering.linalg.FloatMatrix;

/** What is made of eigenvectors before points are clustered by their rows. */
public final class Embeddings {
  /** Below this, {@code 1 - lambda} is rounding: the pair belongs to a component of its own. */
  private static final double SMALLEST_GAP = 1e-6;

  private Embeddings() {}

  /**
   * Returns each row scaled to unit Euclidean length (Ng, Jordan and Weiss 2001, step 4); rows of
   * zeros stay zero.
   *
   * @param rows n x m; not modified
   */
  public static FloatMatrix normaliseRows(FloatMatrix rows) {
    FloatMatrix normalised = FloatMatrix.zeros(rows.rows(), rows.columns());
    for (int i = 0; i < rows.rows(); i++) {
      double square = 0;
      for (int at = rows.offset(i); at < rows.offset(i) + rows.columns(); at++) {
        square += (double) rows.values()[at] * rows.values()[at];
      }
      double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
      for (int at = rows.offset(i); at < rows.offset(i) + rows.columns(); at++) {
        normalised.values()[at] = (float) (rows.values()[at] * scale);
      }
    }
    return normalised;
  }

  /**
   * Returns the commute-time embedding, {@code v_i / sqrt(1 - lambda_i)} without the trivial first
   * vector: distances between its rows, once divided by the square root of the degrees, are the
   * square roots of the commute times of a random walk, up to one factor (Qiu and Hancock 2007).
   * Rows normalised to unit length do not need the division.
   *
   * <p>In a graph of several components the eigenvalue 1 is repeated; {@code 1 - lambda} is taken
   * as at least 1e-6.
   *
   * @param pairs m largest eigenpairs of the normalised affinity, m at least 2; not modified
   * @return n x (m - 1)
   */
  public static FloatMatrix commuteTime(EigenPairs pairs) {
    int n = pairs.vectors().rows();
    int m = pairs.vectors().columns();
    if (m < 2) {
      throw new IllegalArgumentException(
          "Cannot drop the trivial vector: found " + m + " vectors, expected at least 2");
    }
    FloatMatrix scaled = FloatMatrix.zeros(n, m - 1);
    for (int c = 1; c < m; c++) {
      double scale = 1 / Math.sqrt(Math.max(SMALLEST_GAP, 1 - pairs.values()[c]));
      for (int i = 0; i < n; i++) {
        scaled.values()[i * (m - 1) + c - 1] =
            (float) (pairs.vectors().values()[i * m + c] * scale);
      }
    }
    return scaled;
  }

  /**
   * Returns the eigenvectors of {@code L_rw = I - D^-1 W}: {@code D^-1/2} times those of L_sym (von
   * Luxburg 2007, Section 3.2; SA-Net Eq. 7), each scaled to unit length.
   *
   * @param symmetric eigenvectors of L_sym as columns, n x m; not modified
   * @param degrees n positive sums of the affinity's rows
   */
  public static FloatMatrix randomWalk(FloatMatrix symmetric, double[] degrees) {
    int m = symmetric.columns();
    FloatMatrix scaled = FloatMatrix.zeros(symmetric.rows(), m);
    double[] squares = new double[m];
    for (int i = 0; i < symmetric.rows(); i++) {
      double scale = 1 / Math.sqrt(degrees[i]);
      for (int c = 0; c < m; c++) {
        float value = (float) (symmetric.values()[i * m + c] * scale);
        scaled.values()[i * m + c] = value;
        squares[c] += (double) value * value;
      }
    }
    for (int at = 0; at < scaled.values().length; at++) {
      scaled.values()[at] = (float) (scaled.values()[at] / Math.sqrt(squares[at % m]));
    }
    return scaled;
  }
}
