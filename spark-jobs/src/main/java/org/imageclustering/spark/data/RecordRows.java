package org.imageclustering.spark.data;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/** The rows of a slice, read one at a time in a task; the file is closed when the task ends. */
final class RecordRows implements Iterator<Row> {
  private final RecordSlice slice;
  private final RecordReader reader;
  private final long fileEnd;
  private long position;

  /**
   * Rows from a reader that stands at the slice's first record.
   *
   * @param fileEnd the number of records in the whole file
   */
  RecordRows(RecordSlice slice, RecordReader reader, long fileEnd) {
    this.slice = slice;
    this.reader = reader;
    this.fileEnd = fileEnd;
    this.position = slice.from();
    closeWithTask(reader);
  }

  private static void closeWithTask(RecordReader reader) {
    TaskCompletionListener close =
        context ->
            InputFiles.unchecked(
                () -> {
                  reader.close();
                  return null;
                });
    TaskContext.get().addTaskCompletionListener(close);
  }

  @Override
  public boolean hasNext() {
    return position < slice.until();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("No record follows " + slice.origin(position));
    }
    return InputFiles.unchecked(this::read);
  }

  private Row read() throws IOException {
    Row row = reader.next(slice.id(position), slice.origin(position));
    position++;
    if (position == fileEnd) {
      reader.finish();
    }
    return row;
  }
}
