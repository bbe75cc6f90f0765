package org.imageclustering.spark.sparse;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;

/**
 * Reads a column of MLlib vectors, dense or sparse, as the floats that are not zero. What cannot be
 * read becomes a message for the driver to raise ({@link RowFacts}).
 */
public final class SparseColumn implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String BY_ID = "the row of id %d";

  private final String name;
  private final int index;
  private final boolean mayBeNegative;
  private final String place;

  private SparseColumn(String name, int index, boolean mayBeNegative, String place) {
    this.name = name;
    this.index = index;
    this.mayBeNegative = mayBeNegative;
    this.place = place;
  }

  /** Returns a reader whose messages name a row by its number in a partition. */
  public SparseColumn byNumber() {
    return new SparseColumn(name, index, mayBeNegative, "row %d of a partition");
  }

  /**
   * Returns the reader of a column whose entries are at least 0.
   *
   * @throws UserException if there is no such column or it holds something else
   */
  public static SparseColumn nonNegative(StructType schema, String name) {
    return new SparseColumn(name, place(schema, name), false, BY_ID);
  }

  /**
   * Returns the reader of a column of any finite numbers.
   *
   * @throws UserException if there is no such column or it holds something else
   */
  public static SparseColumn any(StructType schema, String name) {
    return new SparseColumn(name, place(schema, name), true, BY_ID);
  }

  private static int place(StructType schema, String name) {
    int index = Arrays.asList(schema.fieldNames()).indexOf(name);
    if (index < 0) {
      throw new UserException(
          "Cannot cluster column '%s': found columns %s, expected it among them"
              .formatted(name, String.join(", ", schema.fieldNames())));
    }
    if (!schema.fields()[index].dataType().equals(SQLDataTypes.VectorType())) {
      throw new UserException(
          "Cannot cluster column '%s': found type %s, expected a vector"
              .formatted(name, schema.fields()[index].dataType().simpleString()));
    }
    return index;
  }

  /**
   * Returns the row's entries that are not zero.
   *
   * @param id for messages and for the result
   * @throws UserException if the vector is null, or an entry negative or not a finite float
   */
  public SparseRow read(Row row, long id) {
    if (row.isNullAt(index)) {
      throw problem("null", id, "a vector");
    }
    Vector vector = row.getAs(index);
    int[] columns = new int[vector.numActives()];
    float[] values = new float[columns.length];
    int count = 0;
    double[] entries = vector instanceof SparseVector sparse ? sparse.values() : vector.toArray();
    for (int e = 0; e < entries.length; e++) {
      float value = (float) entries[e];
      require(value, id);
      if (value != 0) {
        columns[count] = vector instanceof SparseVector sparse ? sparse.indices()[e] : e;
        values[count++] = value;
      }
    }
    return new SparseRow(
        id, vector.size(), Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
  }

  private void require(float value, long id) {
    if (!Float.isFinite(value)) {
      throw problem(String.valueOf(value), id, "finite numbers");
    }
    if (value < 0 && !mayBeNegative) {
      throw problem(String.valueOf(value), id, "numbers of at least 0");
    }
  }

  /**
   * Checks that a row is as long as those that were fitted.
   *
   * @throws UserException if it is not
   */
  public void requireWidth(SparseRow row, int expected) {
    if (row.width() != expected) {
      throw problem("a vector of length " + row.width(), row.id(), String.valueOf(expected));
    }
  }

  private UserException problem(String found, long id, String expected) {
    return new UserException(
        "Cannot cluster column '%s': found %s in %s, expected %s"
            .formatted(name, found, place.formatted(id), expected));
  }
}
