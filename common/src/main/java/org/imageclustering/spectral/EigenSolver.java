package org.imageclustering.spectral;

/** Finds the largest eigenvalues of a symmetric matrix and their eigenvectors. */
public interface EigenSolver {
  /**
   * Returns the {@code count} algebraically largest eigenpairs.
   *
   * @param seed of the starting block; the result depends on it within the tolerance alone
   * @throws org.imageclustering.UserException if the solver does not converge; the message gives
   *     the residuals
   */
  EigenPairs largest(SymmetricOperator matrix, int count, long seed);

  /** Returns the solver to use where none is asked for: {@link ChebyshevSubspace}. */
  static EigenSolver get() {
    return new ChebyshevSubspace();
  }
}
