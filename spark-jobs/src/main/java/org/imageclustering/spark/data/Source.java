package org.imageclustering.spark.data;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** An input of one format, checked as far as its headers go; reads nothing before it is asked. */
interface Source {
  /** Returns the rows of {@link Staged#SCHEMA}, one an image or vector, rejected ones included. */
  Dataset<Row> rows();

  /**
   * Returns the same rows, by tasks that may differ in size: the first few of them do not cost a
   * pass over the input.
   */
  default Dataset<Row> rowsAsRead() {
    return rows();
  }

  /** Returns whether ids are positions and hence unique. */
  boolean idsAreUnique();

  /** Returns where each label was expected, for the message that one is missing. */
  String labelSource();
}
