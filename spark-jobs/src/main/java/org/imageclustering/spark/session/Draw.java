package org.imageclustering.spark.session;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToLongFunction;

/** Random draws of rows as a function of (seed, id). */
public final class Draw {
  /** Draws a little more than is wanted, so that the exact cut is made among what was collected. */
  private static final double MARGIN = 6;

  private Draw() {}

  /** Returns a number in [0, 1) that depends on (seed, id) alone: the finaliser of SplitMix64. */
  public static double hash(long seed, long id) {
    long z = id + 0x9E3779B97F4A7C15L * (seed + 1);
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }

  /**
   * Returns what was drawn in the order of its ids, cut to the smallest hashes where it is too
   * much.
   *
   * @param drawn is put into another order
   * @param id of one, unique
   */
  public static <T> T[] smallest(T[] drawn, int most, long seed, ToLongFunction<T> id) {
    T[] kept = drawn;
    if (kept.length > most) {
      Arrays.sort(
          kept,
          Comparator.<T>comparingDouble(one -> hash(seed, id.applyAsLong(one)))
              .thenComparingLong(id));
      kept = Arrays.copyOf(kept, most);
    }
    Arrays.sort(kept, Comparator.comparingLong(id));
    return kept;
  }

  /** Returns the hash below which there are, but for very rare draws, enough rows. */
  public static double share(int wanted, long rows) {
    double expected = wanted + MARGIN * Math.sqrt(wanted) + MARGIN;
    return rows <= wanted ? 1 : Math.min(1, expected / rows);
  }
}
