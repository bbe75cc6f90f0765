package org.imageclustering.spectral;

/**
 * Where the filters of {@link ChebyshevSubspace} run: the columns of a block do not depend on each
 * other, so other machines that hold the matrix can filter some of them each, without a word
 * between them until the polynomial is done. The result is the same bit for bit.
 */
public interface FilterRunner extends AutoCloseable {
  /** Columns that a product takes at a time; fewer leave its inner loop unfilled. */
  int COLUMNS_AT_A_TIME = 8;

  /**
   * Returns into how many panels so many columns are cut, at least 1 and at most one for each
   * {@link #COLUMNS_AT_A_TIME}.
   */
  int panels(int columns);

  /**
   * Returns the first column of a panel: panels are as equal as multiples of {@link
   * #COLUMNS_AT_A_TIME} can be.
   *
   * @param panel in {@code 0..panels}; the last stands for the end
   */
  static int firstColumn(int panel, int panels, int columns) {
    long units = (columns - 1L) / COLUMNS_AT_A_TIME + 1;
    return (int) Math.min(columns, units * panel / panels * COLUMNS_AT_A_TIME);
  }

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
