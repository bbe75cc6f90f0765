package org.imageclustering.spectral;

/**
 * Where the filters of {@link ChebyshevSubspace} run: the columns of a block do not depend on each
 * other, so other machines that hold the matrix can filter some of them each, without a word
 * between them until the polynomial is done. The result is the same bit for bit.
 */
public interface FilterRunner extends AutoCloseable {
  /** Returns how many of so many columns go together, at least 1. */
  int panelWidth(int columns);

  /**
   * Returns {@code T_m(A) X} of each panel.
   *
   * @param panels each n x its width, row-major; their contents are undefined afterwards
   * @return in the order of the panels
   */
  float[][] filtered(ChebyshevFilter filter, float[][] panels);

  /** Lets the other machines forget the matrix. */
  @Override
  void close();

  /** Opens a runner for one matrix. */
  @FunctionalInterface
  interface Factory {
    /** Returns a runner that knows the matrix, or null where it is best filtered here. */
    FilterRunner open(SymmetricOperator matrix);
  }
}
