package org.imageclustering.spark.sparse;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.session.Lazily;

/** Gives the rows of a column of sparse vectors their clusters, on the executors. */
public final class SparseAssignment {
  private SparseAssignment() {}

  /**
   * What says where a row belongs.
   *
   * @param <M> what it needs to know; broadcast
   */
  @FunctionalInterface
  public interface Rule<M> extends Serializable {
    /** Returns the row with its cluster and confidence at its end. */
    Row assigned(Row row, SparseRow entries, M model);
  }

  /**
   * Returns the rows with clusters. Lazy; one pass without a shuffle.
   *
   * @param schema of the result
   * @param width of the vectors
   * @throws org.imageclustering.UserException while rows are read, if a vector is null, of another
   *     length, or has an entry that the column must not have
   */
  public static <M> Dataset<Row> of(
      Dataset<?> rows, StructType schema, SparseColumn column, int width, M model, Rule<M> rule) {
    Broadcast<M> sent =
        JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext()).broadcast(model);
    return rows.toDF()
        .mapPartitions(
            partition(sent, column.byNumber(), width, rule), ExpressionEncoder.apply(schema));
  }

  private static <M> MapPartitionsFunction<Row, Row> partition(
      Broadcast<M> sent, SparseColumn column, int width, Rule<M> rule) {
    return rows -> {
      long[] number = {0};
      return Lazily.map(
          rows,
          row -> {
            SparseRow entries = column.read(row, number[0]++);
            column.requireWidth(entries, width);
            return rule.assigned(row, entries, sent.value());
          });
    };
  }
}
