package org.imageclustering.spectral;

import java.io.Serializable;
import org.imageclustering.linalg.FloatMatrix;

/**
 * The block X of b vectors that a {@link ChebyshevSubspace} iterates, with the matrix A that it is
 * multiplied by, wherever the two lie: what is done to it in a round. Whoever implements it, the
 * values are the same bit for bit, and those of {@link LocalSubspace}.
 */
public interface Subspace extends AutoCloseable {
  /** Columns that a product takes at a time; fewer leave its inner loop unfilled. */
  int COLUMNS_AT_A_TIME = 8;

  /** Returns the number b of vectors. */
  int width();

  /** Replaces the columns {@code from <= c} by random ones, a function of (seed, row, column). */
  void randomise(int from, long seed);

  /** Replaces the columns {@code first <= c} by {@code T_m(A) X}. */
  void filter(ChebyshevFilter filter, int first);

  /** Returns the matrices that a Rayleigh-Ritz step needs. */
  Projections projections();

  /**
   * Replaces X by {@code X U}; {@link #projections()} comes between any other change and this.
   *
   * @param rotation U, b x b, row-major
   */
  void rotate(float[] rotation);

  /**
   * Returns {@code ||A x - value x||} of the first columns, one for each value.
   *
   * @param values at most b
   */
  double[] residuals(double[] values);

  /** Returns the first columns, n x count. */
  FloatMatrix columns(int count);

  /** Gives back what the block holds elsewhere. */
  @Override
  void close();

  /** The matrices X^T X and X^T A X, b x b, row-major, or some rows' share of their sums. */
  final class Projections implements Serializable {
    private static final long serialVersionUID = 1L;

    final double[] gram;
    final double[] projected;

    /** Both matrices, which are kept. */
    public Projections(double[] gram, double[] projected) {
      this.gram = gram;
      this.projected = projected;
    }
  }

  /** Opens a block for one matrix. */
  @FunctionalInterface
  interface Factory {
    /** Returns a block of so many vectors, whose contents are undefined. */
    Subspace open(SymmetricOperator matrix, int width);
  }
}
