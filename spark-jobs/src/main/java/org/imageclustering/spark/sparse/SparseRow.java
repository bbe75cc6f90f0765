package org.imageclustering.spark.sparse;

import java.io.Serializable;

/** The non-zero entries of a row's vector with the row's id: small enough to be shuffled. */
public final class SparseRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long id;
  private final int width;
  private final int[] columns;
  private final float[] values;

  SparseRow(long id, int width, int[] columns, float[] values) {
    this.id = id;
    this.width = width;
    this.columns = columns;
    this.values = values;
  }

  /** Returns the row's id. */
  public long id() {
    return id;
  }

  /** Returns the length of the vector. */
  public int width() {
    return width;
  }

  /** Returns the places of the non-zero entries, ascending, not a copy. */
  public int[] columns() {
    return columns;
  }

  /** Returns the non-zero entries, not a copy. */
  public float[] values() {
    return values;
  }

  /** Returns the row with other values at the same places, which are shared. */
  public SparseRow withValues(float[] others) {
    return new SparseRow(id, width, columns, others);
  }
}
