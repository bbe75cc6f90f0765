package org.imageclustering.spark.sparse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.storage.StorageLevel;
import org.imageclustering.UserException;
import org.imageclustering.linalg.RowParts;
import org.imageclustering.linalg.SparseRows;
import scala.Tuple2;

/**
 * Rows as the parts of a tall sparse matrix, a Spark partition each, by id: which row stands where
 * depends on the ids and on the matrix's size alone. Persisted until {@link #close}.
 */
public final class PartedRows implements AutoCloseable {
  private final JavaRDD<SparseRows[]> parts;
  private final int width;

  private PartedRows(JavaRDD<SparseRows[]> parts, int width) {
    this.parts = parts.persist(StorageLevel.MEMORY_AND_DISK());
    this.width = width;
  }

  /**
   * Cuts rows into parts; one shuffle.
   *
   * @param rows of one width
   * @param count the number of parts, of {@link RowParts#count}
   */
  public static PartedRows of(JavaRDD<SparseRow> rows, int count, int width) {
    JavaRDD<SparseRows[]> parts =
        rows.mapToPair(row -> new Tuple2<>(row.id(), row))
            .repartitionAndSortWithinPartitions(new HashPartitioner(count))
            .values()
            .mapPartitions(sorted -> blocks(sorted, width));
    return new PartedRows(parts, width);
  }

  /** Returns the parts with every block replaced by another of as many rows. */
  public PartedRows map(Function<SparseRows, SparseRows> change) {
    return new PartedRows(
        parts.map(
            part -> {
              SparseRows[] changed = new SparseRows[part.length];
              for (int b = 0; b < part.length; b++) {
                changed[b] = change.call(part[b]);
              }
              return changed;
            }),
        width);
  }

  /** Adds up a block into an array. */
  public interface Addition extends java.io.Serializable {
    /** Adds what a block has. */
    void add(SparseRows block, double[] sums);
  }

  /** Returns sums over all blocks in their order; {@code length} doubles a part on the driver. */
  public double[] sum(int length, Addition addition) {
    List<double[]> sums =
        parts
            .map(
                part -> {
                  double[] sum = new double[length];
                  for (SparseRows block : part) {
                    addition.add(block, sum);
                  }
                  return sum;
                })
            .collect();
    return RowParts.sum(sums.toArray(new double[0][]));
  }

  /** Returns the matrix in this machine's memory: 8 bytes an entry reach the driver. */
  public RowParts collected() {
    return RowParts.inMemory(width, parts.collect().toArray(new SparseRows[0][]));
  }

  /** Returns the matrix on the executors: each product is a Spark job. */
  public RowParts distributed() {
    return new DistributedRows(parts, width);
  }

  private static Iterator<SparseRows[]> blocks(Iterator<SparseRow> sorted, int width) {
    List<SparseRows> blocks = new ArrayList<>();
    List<SparseRow> rows = new ArrayList<>();
    int entries = 0;
    while (sorted.hasNext()) {
      SparseRow row = sorted.next();
      if (!rows.isEmpty() && entries + row.values().length > RowParts.BLOCK_ENTRIES) {
        blocks.add(block(rows, width));
        rows.clear();
        entries = 0;
      }
      rows.add(row);
      entries += row.values().length;
    }
    if (!rows.isEmpty()) {
      blocks.add(block(rows, width));
    }
    return Arrays.<SparseRows[]>asList(blocks.toArray(new SparseRows[0])).iterator();
  }

  /** Returns some rows, in their order, as one block. */
  public static SparseRows block(List<SparseRow> rows, int width) {
    int[] rowStart = new int[rows.size() + 1];
    for (int r = 0; r < rows.size(); r++) {
      rowStart[r + 1] = Math.addExact(rowStart[r], rows.get(r).values().length);
    }
    int[] columns = new int[rowStart[rows.size()]];
    float[] values = new float[columns.length];
    for (int r = 0; r < rows.size(); r++) {
      SparseRow row = rows.get(r);
      System.arraycopy(row.columns(), 0, columns, rowStart[r], row.columns().length);
      System.arraycopy(row.values(), 0, values, rowStart[r], row.values().length);
    }
    return new SparseRows(width, rowStart, columns, values);
  }

  /**
   * Checks that no id occurs twice.
   *
   * @throws UserException naming the lowest such id
   */
  public static void requireUniqueIds(JavaRDD<SparseRow> rows, int count) {
    List<Long> twice =
        rows.mapToPair(row -> new Tuple2<>(row.id(), 0))
            .repartitionAndSortWithinPartitions(new HashPartitioner(count))
            .keys()
            .mapPartitions(PartedRows::firstTwice)
            .collect();
    if (!twice.isEmpty()) {
      throw new UserException(
          "Cannot cluster: found id %d in several rows, expected unique ids"
              .formatted(twice.stream().mapToLong(id -> id).min().orElseThrow()));
    }
  }

  private static Iterator<Long> firstTwice(Iterator<Long> sorted) {
    long last = 0;
    boolean isFirst = true;
    while (sorted.hasNext()) {
      long id = sorted.next();
      if (!isFirst && id == last) {
        return List.of(id).iterator();
      }
      last = id;
      isFirst = false;
    }
    return java.util.Collections.emptyIterator();
  }

  @Override
  public void close() {
    parts.unpersist();
  }
}
