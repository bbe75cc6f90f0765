package org.imageclustering.neighbours;

/**
 * How points are cut into cells and how many of them a query looks into.
 *
 * @param cells the number of k-means cells, at least 1, or {@link #AUTO}
 * @param probes the number of nearest cells that a query searches, at least 1, or {@link #AUTO} for
 *     the least number that finds 98.3 % of the 17 nearest neighbours of a sample of the points;
 *     with as many probes as cells the search is exact
 * @param seed of the sample that the cells are trained on
 */
public record CellOptions(int cells, int probes, long seed) {
  /** Stands for a number that is chosen from the points. */
  public static final int AUTO = 0;

  private static final int FEW_POINTS = 4096;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is negative; the message names it
   */
  public CellOptions {
    notNegative("cells", cells);
    notNegative("probes", probes);
  }

  /** Returns options that choose cells and probes from the points. */
  public static CellOptions auto(long seed) {
    return new CellOptions(AUTO, AUTO, seed);
  }

  /** Returns how many cells n points are cut into: by default {@code 2 sqrt n}, one for a few. */
  int cellsFor(int n) {
    if (cells != AUTO) {
      return Math.min(cells, n);
    }
    return n <= FEW_POINTS ? 1 : (int) (2 * Math.sqrt(n));
  }

  private static void notNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          "Cannot build cells: found "
              + name
              + " = "
              + value
              + ", expected at least 1, or 0 for a number chosen from the points");
    }
  }
}
