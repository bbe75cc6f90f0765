package org.imageclustering.spectral;

import org.imageclustering.UserException;

/** What every solver asks of its arguments. */
final class Requests {
  private Requests() {}

  /**
   * Checks the number of eigenpairs.
   *
   * @throws UserException if it is below 1 or above the number of rows
   */
  static void check(SymmetricOperator matrix, int count) {
    if (count < 1 || count > matrix.dimension()) {
      throw new UserException(
          "Cannot compute eigenvectors: found a request for "
              + count
              + ", expected 1 to "
              + matrix.dimension()
              + ", the number of nodes");
    }
  }
}
