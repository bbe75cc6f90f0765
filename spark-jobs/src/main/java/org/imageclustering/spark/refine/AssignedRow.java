package org.imageclustering.spark.refine;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.spark.sparse.SparseColumn;
import org.imageclustering.spark.sparse.SparseRow;

/** A row with its initial cluster, or what is wrong with it, which the driver raises. */
final class AssignedRow implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SparseRow row;
  private final int cluster;
  private final float confidence;
  private final String problem;

  private AssignedRow(SparseRow row, int cluster, float confidence, String problem) {
    this.row = row;
    this.cluster = cluster;
    this.confidence = confidence;
    this.problem = problem;
  }

  /** Reads id, vector, initial cluster and confidence; the vector is in order. */
  static AssignedRow read(Row four, SparseColumn column) {
    long id = four.getLong(0);
    SparseRow row = column.read(four, id);
    if (four.isNullAt(2) || four.getInt(2) < 0) {
      Object found = four.get(2);
      return new AssignedRow(
          row,
          0,
          0,
          "Cannot refine clusters: found cluster %s in the row of id %d, expected at least 0"
              .formatted(found, id));
    }
    double confidence = four.isNullAt(3) ? Double.NaN : four.getDouble(3);
    if (!Double.isFinite(confidence)) {
      return new AssignedRow(
          row,
          0,
          0,
          "Cannot refine clusters: found confidence %s in the row of id %d, expected a number"
              .formatted(four.get(3), id));
    }
    return new AssignedRow(row, four.getInt(2), (float) confidence, null);
  }

  /** Returns the row with its vector replaced by the numbers of its point. */
  AssignedRow withPoint(float[] point) {
    return new AssignedRow(row.withValues(point), cluster, confidence, problem);
  }

  /**
   * Checks the columns of the initial clusters.
   *
   * @throws UserException if one is missing or of another type
   */
  static void requireColumns(StructType schema, String assignmentCol, String confidenceCol) {
    require(schema, assignmentCol, DataTypes.IntegerType.simpleString());
    require(schema, confidenceCol, DataTypes.DoubleType.simpleString());
  }

  private static void require(StructType schema, String name, String expected) {
    int index = Arrays.asList(schema.fieldNames()).indexOf(name);
    String found = index < 0 ? "no such column" : schema.fields()[index].dataType().simpleString();
    if (!found.equals(expected)) {
      throw new UserException(
          "Cannot refine clusters by column '%s': found %s, expected %s"
              .formatted(name, found, expected));
    }
  }

  /**
   * Raises the problem of the lowest id, if there is any.
   *
   * @throws UserException with its message
   */
  static void requireNoProblem(List<AssignedRow> rows) {
    rows.stream()
        .filter(row -> row.problem != null)
        .min(java.util.Comparator.comparingLong(AssignedRow::id))
        .ifPresent(
            row -> {
              throw new UserException(row.problem);
            });
  }

  boolean isProblem() {
    return problem != null;
  }

  long id() {
    return row.id();
  }

  SparseRow row() {
    return row;
  }

  int cluster() {
    return cluster;
  }

  float confidence() {
    return confidence;
  }
}
