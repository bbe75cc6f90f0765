package org.imageclustering.spectral;

/** A symmetric matrix whose entries can be computed, tile by tile, and need not be stored. */
public interface SymmetricEntries {
  /** Returns the number n of rows and columns. */
  int dimension();

  /**
   * Writes the entries of some rows in some columns: {@code tile[(i - from) * columns.length + c] =
   * a(i, columns[c])}.
   *
   * @param from first row
   * @param until row after the last
   * @param columns their numbers, in any order; not modified
   * @param tile at least {@code (until - from) * columns.length} long; overwritten from its start
   */
  void tile(int from, int until, int[] columns, float[] tile);

  /**
   * Returns the matrix of some rows and the same columns, in their order.
   *
   * @param nodes their numbers; not modified
   */
  SymmetricEntries restrictedTo(int[] nodes);
}
