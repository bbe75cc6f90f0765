package org.imageclustering.spectral;

/**
 * The Rayleigh-Ritz step: the best approximations to eigenpairs within the span of a block (Golub
 * and Van Loan 2013). The block need not be orthonormal and may have lost rank: {@code H u = theta
 * G u} with {@code G = X^T X} and {@code H = X^T A X} is solved in double precision on the
 * directions in which G is not singular.
 */
final class RayleighRitz {
  /** Squared length, relative to the longest, below which a direction is noise of the floats. */
  private static final double SINGULAR = 1e-5;

  /** Relative squared length down to which the Ritz vectors are orthonormal to six digits. */
  private static final double WELL_CONDITIONED = 0.02;

  /** The Ritz values, descending; as many as the block had independent directions. */
  final double[] values;

  /** Whether the block was well conditioned, so that the Ritz vectors are orthonormal in floats. */
  final boolean orthonormal;

  /**
   * Replaces the block by its Ritz vectors, orthonormal, largest value first. Columns beyond the
   * rank become zero.
   */
  RayleighRitz(Subspace block) {
    int width = block.width();
    Subspace.Projections products = block.projections();
    double[] gram = products.gram;
    SmallEigen lengths = lengths(width, gram);
    int rank = rank(lengths);
    double[][] basis = orthonormalBasis(gram, lengths, rank);
    SmallEigen ritz = new SmallEigen(rank, restricted(products.projected, basis), rank);
    values = ritz.values;
    block.rotate(rotation(width, basis, ritz.vectors));
    orthonormal = lengths.values[rank - 1] > WELL_CONDITIONED * lengths.values[0];
  }

  /** Decomposes the Gram matrix of the columns scaled to unit length. */
  private static SmallEigen lengths(int width, double[] gram) {
    double[] scaled = new double[width * width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        double mean = (gram[i * width + j] + gram[j * width + i]) / 2;
        scaled[i * width + j] = mean * scale(gram, width, i) * scale(gram, width, j);
      }
    }
    return new SmallEigen(width, scaled, width);
  }

  private static double scale(double[] gram, int width, int i) {
    double square = gram[i * width + i];
    return square > 0 ? 1 / Math.sqrt(square) : 0;
  }

  private static int rank(SmallEigen lengths) {
    int rank = 1;
    while (rank < lengths.values.length && lengths.values[rank] > SINGULAR * lengths.values[0]) {
      rank++;
    }
    return rank;
  }

  /** Returns coefficient vectors b with {@code b_i^T G b_j = 1} if i = j, otherwise 0. */
  private static double[][] orthonormalBasis(double[] gram, SmallEigen lengths, int rank) {
    int width = lengths.values.length;
    double[][] basis = new double[rank][width];
    for (int r = 0; r < rank; r++) {
      for (int i = 0; i < width; i++) {
        basis[r][i] = lengths.vectors[r][i] * scale(gram, width, i) / Math.sqrt(lengths.values[r]);
      }
    }
    return basis;
  }

  /** Returns {@code B^T H B}. */
  private static double[] restricted(double[] projected, double[][] basis) {
    int rank = basis.length;
    int width = basis[0].length;
    double[] restricted = new double[rank * rank];
    double[] product = new double[width];
    for (int r = 0; r < rank; r++) {
      for (int i = 0; i < width; i++) {
        product[i] = 0;
        for (int j = 0; j < width; j++) {
          product[i] += (projected[i * width + j] + projected[j * width + i]) / 2 * basis[r][j];
        }
      }
      for (int s = 0; s < rank; s++) {
        for (int i = 0; i < width; i++) {
          restricted[r * rank + s] += basis[s][i] * product[i];
        }
      }
    }
    return restricted;
  }

  /** Returns U = B V, width x width, row-major, with zero columns beyond the rank. */
  private static float[] rotation(int width, double[][] basis, double[][] ritzVectors) {
    float[] rotation = new float[width * width];
    for (int c = 0; c < ritzVectors.length; c++) {
      double[] column = new double[width];
      for (int r = 0; r < basis.length; r++) {
        for (int i = 0; i < width; i++) {
          column[i] += basis[r][i] * ritzVectors[c][r];
        }
      }
      for (int i = 0; i < width; i++) {
        rotation[i * width + c] = (float) column[i];
      }
    }
    return rotation;
  }
}
