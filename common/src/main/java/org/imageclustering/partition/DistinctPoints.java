package org.imageclustering.partition;

import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.RowIndex;

/**
 * The distinct rows of a matrix. Duplicates are merged before a graph is built: k copies of one
 * point would fill each other's neighbour lists. Immutable.
 */
public final class DistinctPoints {
  private final FloatMatrix points;
  private final int[] owner;

  private DistinctPoints(FloatMatrix points, int[] owner) {
    this.points = points;
    this.owner = owner;
  }

  /**
   * Returns the distinct rows in the order of their first occurrence. O(n d).
   *
   * @param all n x d; not modified; kept where its rows are distinct already
   */
  public static DistinctPoints of(FloatMatrix all) {
    int n = all.rows();
    int[] owner = new int[n];
    int[] kept = new int[n];
    int count = 0;
    RowIndex every = new RowIndex(all);
    for (int i = 0; i < n; i++) {
      int first = every.find(all.values(), all.offset(i));
      owner[i] = first == i ? count : owner[first];
      if (first == i) {
        kept[count++] = i;
      }
    }
    FloatMatrix distinct = count == n ? all : all.select(Arrays.copyOf(kept, count));
    return new DistinctPoints(distinct, owner);
  }

  /** Returns the distinct rows, {@code count x d}. */
  public FloatMatrix points() {
    return points;
  }

  /** Returns for each row of the original matrix its distinct row; the array itself. */
  public int[] owner() {
    return owner;
  }
}
