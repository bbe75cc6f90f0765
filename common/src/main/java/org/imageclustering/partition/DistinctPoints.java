package org.imageclustering.partition;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import org.imageclustering.linalg.FloatMatrix;

/**
 * The distinct rows of a matrix, and a look-up of a row among them by its exact values (0.0 and
 * -0.0 are equal). Duplicates are merged before a graph is built: k copies of one point would fill
 * each other's neighbour lists. Immutable; 16 bytes a row of look-up.
 */
public final class DistinctPoints implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FloatMatrix points;
  private final int[] owner;
  private final long[] sortedHashes;
  private final int[] sortedRows;

  private DistinctPoints(FloatMatrix points, int[] owner, long[] hashes, int[] rows) {
    this.points = points;
    this.owner = owner;
    this.sortedHashes = hashes;
    this.sortedRows = rows;
  }

  /**
   * Returns the distinct rows in the order of their first occurrence. O(n (d + log n)).
   *
   * @param all n x d; not modified; kept where its rows are distinct already
   */
  public static DistinctPoints of(FloatMatrix all) {
    int n = all.rows();
    int[] owner = new int[n];
    int[] kept = new int[n];
    int count = 0;
    DistinctPoints every = indexed(all, owner);
    for (int i = 0; i < n; i++) {
      int first = every.find(all.values(), all.offset(i));
      owner[i] = first == i ? count : owner[first];
      if (first == i) {
        kept[count++] = i;
      }
    }
    return count == n ? every : indexed(all.select(Arrays.copyOf(kept, count)), owner);
  }

  private static DistinctPoints indexed(FloatMatrix distinct, int[] owner) {
    int count = distinct.rows();
    long[] hashes = new long[count];
    Integer[] order = new Integer[count];
    for (int i = 0; i < count; i++) {
      hashes[i] = hash(distinct.values(), distinct.offset(i), distinct.columns());
      order[i] = i;
    }
    Arrays.sort(
        order, Comparator.comparingLong(i -> hashes[i])); // stable: equal rows stay in order
    long[] sorted = new long[count];
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = order[i];
      sorted[i] = hashes[order[i]];
    }
    return new DistinctPoints(distinct, owner, sorted, rows);
  }

  /** Returns the distinct rows, {@code count x d}. */
  public FloatMatrix points() {
    return points;
  }

  /** Returns for each row of the original matrix its distinct row; the array itself. */
  public int[] owner() {
    return owner;
  }

  /** Returns the distinct row equal to the one at this offset of an array, or -1. */
  public int find(float[] values, int offset) {
    long hash = hash(values, offset, points.columns());
    int at = Arrays.binarySearch(sortedHashes, hash);
    while (at > 0 && sortedHashes[at - 1] == hash) {
      at--;
    }
    for (; at >= 0 && at < sortedHashes.length && sortedHashes[at] == hash; at++) {
      int row = sortedRows[at];
      if (equal(points.values(), points.offset(row), values, offset, points.columns())) {
        return row;
      }
    }
    return -1;
  }

  private static boolean equal(float[] a, int aOffset, float[] b, int bOffset, int length) {
    for (int j = 0; j < length; j++) {
      if (a[aOffset + j] != b[bOffset + j]) {
        return false;
      }
    }
    return true;
  }

  private static long hash(float[] values, int offset, int length) {
    long hash = 1125899906842597L;
    for (int j = 0; j < length; j++) {
      hash = 31 * hash + Float.floatToIntBits(values[offset + j] + 0f);
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
