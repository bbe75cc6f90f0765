package org.imageclustering.spark.sparse;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.imageclustering.UserException;

/**
 * What one pass over a column of vectors says: the number of rows, of entries, of rows without any,
 * and the first problem by id, which the driver raises: an exception in a task would be tried again
 * and reach the user wrapped.
 */
public final class RowFacts implements Serializable {
  private static final long serialVersionUID = 1L;

  private long rows;
  private long nonZeros;
  private long empty;
  private int width = -1;
  private long firstOfWidth;
  private long problemId;
  private String problem;

  private RowFacts() {}

  /**
   * Looks through the rows.
   *
   * @param two the id as the first column, and the vectors' column
   * @throws UserException if there are no rows, or a vector is null, of another length, negative
   *     where it must not be, or not finite
   */
  public static RowFacts of(Dataset<Row> two, SparseColumn column) {
    RowFacts facts =
        two.javaRDD()
            .aggregate(new RowFacts(), (found, row) -> found.add(row, column), RowFacts::merge);
    if (facts.problem != null) {
      throw new UserException(facts.problem);
    }
    if (facts.rows == 0) {
      throw new UserException("Cannot cluster: found no rows, expected at least two");
    }
    return facts;
  }

  /** Returns the id, cast to long, and the vectors' column: what {@link #of} takes. */
  public static Dataset<Row> select(Dataset<?> rows, String idCol, String... columns) {
    org.apache.spark.sql.Column[] selected = new org.apache.spark.sql.Column[columns.length + 1];
    selected[0] = rows.col(idCol).cast(DataTypes.LongType).as(idCol);
    for (int c = 0; c < columns.length; c++) {
      selected[c + 1] = rows.col(columns[c]);
    }
    return rows.toDF().select(selected);
  }

  /** Returns the rows themselves; {@link #of} has found no problem in them. */
  public static JavaRDD<SparseRow> read(Dataset<Row> two, SparseColumn column) {
    return two.javaRDD().map(row -> column.read(row, row.getLong(0)));
  }

  private RowFacts add(Row row, SparseColumn column) {
    if (row.isNullAt(0)) {
      return fail(Long.MIN_VALUE, "Cannot cluster: found a row without an id, expected a number");
    }
    long id = row.getLong(0);
    try {
      SparseRow read = column.read(row, id);
      rows++;
      nonZeros += read.values().length;
      empty += read.values().length == 0 ? 1 : 0;
      if (width < 0) {
        width = read.width();
        firstOfWidth = id;
      } else {
        column.requireWidth(read, width);
      }
      return this;
    } catch (UserException e) {
      return fail(id, e.getMessage());
    }
  }

  private RowFacts merge(RowFacts other) {
    if (width >= 0 && other.width >= 0 && width != other.width) {
      fail(
          Math.max(firstOfWidth, other.firstOfWidth),
          "Cannot cluster: found vectors of lengths %d and %d in the rows of ids %d and %d, expected one length"
              .formatted(width, other.width, firstOfWidth, other.firstOfWidth));
    }
    if (width < 0) {
      width = other.width;
      firstOfWidth = other.firstOfWidth;
    }
    rows += other.rows;
    nonZeros += other.nonZeros;
    empty += other.empty;
    return other.problem == null ? this : fail(other.problemId, other.problem);
  }

  private RowFacts fail(long id, String message) {
    if (problem == null || id < problemId) {
      problem = message;
      problemId = id;
    }
    return this;
  }

  /** Returns the number of rows. */
  public long rows() {
    return rows;
  }

  /** Returns the number of entries that are not zero. */
  public long nonZeros() {
    return nonZeros;
  }

  /** Returns the number of rows without an entry. */
  public long empty() {
    return empty;
  }

  /** Returns the length of the vectors. */
  public int width() {
    return width;
  }
}
