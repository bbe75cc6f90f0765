package org.imageclustering.spark.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * The rows of a partition with further columns that are worked out for a batch of rows at a time:
 * the size of a batch bounds a task's memory and fills the matrix products.
 */
public abstract class RowBatches implements Iterator<Row> {
  private final Iterator<Row> source;
  private final int size;
  private Iterator<Row> ready = Collections.emptyIterator();

  /** Batches of the source's rows, the last one shorter. */
  protected RowBatches(Iterator<Row> source, int size) {
    this.source = source;
    this.size = size;
  }

  /** Returns the rows that become of a batch of at least one, in their order. */
  protected abstract List<Row> worked(List<Row> batch);

  @Override
  public final boolean hasNext() {
    return ready.hasNext() || source.hasNext();
  }

  @Override
  public final Row next() {
    if (!ready.hasNext()) {
      List<Row> batch = new ArrayList<>();
      while (batch.size() < size && source.hasNext()) {
        batch.add(source.next());
      }
      ready = worked(batch).iterator();
    }
    return ready.next();
  }

  /** Returns a row with more fields at its end. */
  public static Row extended(Row row, Object... more) {
    Object[] fields = new Object[row.size() + more.length];
    for (int f = 0; f < row.size(); f++) {
      fields[f] = row.get(f);
    }
    System.arraycopy(more, 0, fields, row.size(), more.length);
    return RowFactory.create(fields);
  }
}
