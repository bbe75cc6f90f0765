package org.imageclustering.spark.data;

import java.io.Closeable;
import java.io.IOException;
import org.apache.spark.sql.Row;

/** The records of one slice, in order. */
interface RecordReader extends Closeable {
  /** Returns the next record as a row of {@link Staged#SCHEMA}. */
  Row next(long id, String origin) throws IOException;

  /** Called after the last record of a file has been read, to check that it is the last. */
  void finish() throws IOException;
}
