package org.imageclustering.spectral;

import org.imageclustering.linalg.FloatMatrix;

/** Eigenvectors of one normalised Laplacian from those of the other. */
public final class Embeddings {
  private Embeddings() {}

  /**
   * Returns the eigenvectors of {@code L_rw = I - D^-1 W}: {@code D^-1/2} times those of L_sym (von
   * Luxburg 2007, Section 3.2; SA-Net Eq. 7), each scaled to unit length.
   *
   * @param symmetric eigenvectors of L_sym as columns, n x m; not modified
   * @param degrees n sums of the affinity's rows; a node whose sum is 0 gets zeros
   */
  public static FloatMatrix randomWalk(FloatMatrix symmetric, double[] degrees) {
    int m = symmetric.columns();
    FloatMatrix scaled = FloatMatrix.zeros(symmetric.rows(), m);
    double[] squares = new double[m];
    for (int i = 0; i < symmetric.rows(); i++) {
      double scale = degrees[i] > 0 ? 1 / Math.sqrt(degrees[i]) : 0;
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
