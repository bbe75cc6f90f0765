package org.imageclustering.linalg;

import java.io.Serializable;

/**
 * A dense row-major matrix of single-precision numbers: the rows are points, patches or eigenvector
 * entries of one node. Holds its array without copying.
 */
public final class FloatMatrix implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int rows;
  private final int columns;
  private final float[] values;

  /**
   * Wraps an array, not copied.
   *
   * @param values row-major, {@code rows * columns} entries
   * @throws IllegalArgumentException if the array's length is not {@code rows * columns}
   */
  public FloatMatrix(int rows, int columns, float[] values) {
    if ((long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          "Cannot wrap a matrix: found "
              + values.length
              + " values, expected "
              + rows
              + " x "
              + columns);
    }
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  /** Returns a matrix of rows of one length, at least one row. */
  public static FloatMatrix ofRows(float[][] rows) {
    FloatMatrix matrix = zeros(rows.length, rows[0].length);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, matrix.values, matrix.offset(i), matrix.columns);
    }
    return matrix;
  }

  /** Returns a matrix of zeros. */
  public static FloatMatrix zeros(int rows, int columns) {
    return new FloatMatrix(rows, columns, new float[Math.multiplyExact(rows, columns)]);
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of columns. */
  public int columns() {
    return columns;
  }

  /** Returns the row-major array itself, not a copy. */
  public float[] values() {
    return values;
  }

  /** Returns the offset of a row's first entry in {@link #values()}. */
  public int offset(int row) {
    return row * columns;
  }

  /** Returns a copy of one row. */
  public float[] row(int row) {
    return java.util.Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
  }

  /** Returns copies of all rows. */
  public float[][] toRows() {
    float[][] copies = new float[rows][];
    for (int i = 0; i < rows; i++) {
      copies[i] = row(i);
    }
    return copies;
  }

  /** Returns the columns from one to before another, a copy. */
  public FloatMatrix slice(int from, int until) {
    FloatMatrix slice = zeros(rows, until - from);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, offset(row) + from, slice.values, slice.offset(row), until - from);
    }
    return slice;
  }

  /** Returns a new matrix of the given rows, in the given order. */
  public FloatMatrix select(int[] chosen) {
    FloatMatrix selected = zeros(chosen.length, columns);
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * columns, selected.values, i * columns, columns);
    }
    return selected;
  }
}
