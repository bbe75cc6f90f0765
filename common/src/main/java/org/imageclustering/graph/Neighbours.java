package org.imageclustering.graph;

import java.io.Serializable;

/**
 * The k nearest points of every query: {@code count x k} identifiers and distances, row-major, each
 * row ordered by (distance, identifier). Rows with fewer than k neighbours end in identifiers
 * {@code -1} at infinite distance.
 */
public final class Neighbours implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int count;
  private final int k;
  private final int[] ids;
  private final float[] distances;

  /**
   * Wraps the arrays, not copied.
   *
   * @param ids {@code count x k} row indices of the indexed points
   * @param distances {@code count x k} Euclidean distances, not squared
   */
  public Neighbours(int count, int k, int[] ids, float[] distances) {
    if ((long) count * k != ids.length || ids.length != distances.length) {
      throw new IllegalArgumentException(
          "Cannot hold neighbours: found " + ids.length + " ids, expected " + count + " x " + k);
    }
    this.count = count;
    this.k = k;
    this.ids = ids;
    this.distances = distances;
  }

  /** Returns the number of queries. */
  public int count() {
    return count;
  }

  /** Returns the number of neighbours of each query. */
  public int k() {
    return k;
  }

  /** Returns the identifiers themselves, {@code count x k}, not a copy. */
  public int[] ids() {
    return ids;
  }

  /** Returns the Euclidean distances themselves, {@code count x k}, not a copy. */
  public float[] distances() {
    return distances;
  }

  /** Returns the nearest of these neighbours alone: {@code count x fewer}. */
  public Neighbours first(int fewer) {
    if (fewer == k) {
      return this;
    }
    int[] nearestIds = new int[count * fewer];
    float[] nearest = new float[count * fewer];
    for (int i = 0; i < count; i++) {
      System.arraycopy(ids, i * k, nearestIds, i * fewer, fewer);
      System.arraycopy(distances, i * k, nearest, i * fewer, fewer);
    }
    return new Neighbours(count, fewer, nearestIds, nearest);
  }
}
