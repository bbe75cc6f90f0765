package org.imageclustering.spark.sparse;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import org.imageclustering.UserException;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.RowParts;
import org.imageclustering.linalg.SparseRows;
import scala.Tuple2;

/**
 * Rows as the parts of a tall sparse matrix, by id: which row stands where depends on the ids and
 * on the matrix's size alone. What is on the executors is persisted until {@link #close}.
 */
public final class PartedRows implements AutoCloseable {
  private final JavaRDD<SparseRow> rows;
  private final HashPartitioner partitioner;
  private final int width;
  private JavaRDD<Part> parts;

  /**
   * Rows that are to be cut.
   *
   * @param rows of one width
   * @param count the number of parts, of {@link RowParts#count}
   */
  public PartedRows(JavaRDD<SparseRow> rows, int count, int width) {
    this.rows = rows;
    this.partitioner = new HashPartitioner(count);
    this.width = width;
  }

  /** A part's blocks, and an id that occurs twice, or null. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(SparseRows[] blocks, Long twice) implements Serializable {}

  /**
   * Returns the matrix in this machine's memory, where it is cut without a shuffle: 16 bytes an
   * entry on the driver while it is, 8 afterwards.
   *
   * @throws UserException if an id occurs twice, naming the lowest such id
   */
  public RowParts collected() {
    List<List<SparseRow>> cut = new ArrayList<>();
    for (int part = 0; part < partitioner.numPartitions(); part++) {
      cut.add(new ArrayList<>());
    }
    rows.collect().forEach(row -> cut.get(partitioner.getPartition(row.id())).add(row));
    Part[] made = new Part[cut.size()];
    Parallel.forChunks(
        made.length,
        1,
        (chunk, part, end) -> {
          cut.get(part).sort(Comparator.comparingLong(SparseRow::id));
          made[part] = part(cut.get(part).iterator(), width);
        });
    requireNone(Arrays.stream(made).map(Part::twice).filter(Objects::nonNull).toList());
    SparseRows[][] blocks = Arrays.stream(made).map(Part::blocks).toArray(SparseRows[][]::new);
    return RowParts.inMemory(width, blocks);
  }

  /**
   * Returns the matrix on the executors, a Spark partition a part, after one shuffle: each product
   * is a Spark job.
   *
   * @throws UserException if an id occurs twice, naming the lowest such id
   */
  public RowParts distributed() {
    parts = shuffled(rows, partitioner, width).persist(StorageLevel.MEMORY_AND_DISK());
    requireNone(parts.map(Part::twice).filter(Objects::nonNull).collect());
    return new DistributedRows(parts.map(Part::blocks), width);
  }

  private static JavaRDD<Part> shuffled(
      JavaRDD<SparseRow> rows, HashPartitioner partitioner, int width) {
    return rows.mapToPair(row -> new Tuple2<>(row.id(), row))
        .repartitionAndSortWithinPartitions(partitioner)
        .values()
        .mapPartitions(sorted -> List.of(part(sorted, width)).iterator());
  }

  private static Part part(Iterator<SparseRow> sorted, int width) {
    List<SparseRows> blocks = new ArrayList<>();
    List<SparseRow> rows = new ArrayList<>();
    int entries = 0;
    Repeats repeats = new Repeats();
    while (sorted.hasNext()) {
      SparseRow row = sorted.next();
      if (!rows.isEmpty() && entries + row.values().length > RowParts.BLOCK_ENTRIES) {
        blocks.add(block(rows, width));
        rows.clear();
        entries = 0;
      }
      rows.add(row);
      entries += row.values().length;
      repeats.add(row.id());
    }
    if (!rows.isEmpty()) {
      blocks.add(block(rows, width));
    }
    return new Part(blocks.toArray(new SparseRows[0]), repeats.twice);
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
    requireNone(twice);
  }

  private static void requireNone(List<Long> twice) {
    if (!twice.isEmpty()) {
      throw new UserException(
          "Cannot cluster: found id %d in several rows, expected unique ids"
              .formatted(Collections.min(twice)));
    }
  }

  private static Iterator<Long> firstTwice(Iterator<Long> sorted) {
    Repeats repeats = new Repeats();
    sorted.forEachRemaining(repeats::add);
    return repeats.twice == null ? Collections.emptyIterator() : List.of(repeats.twice).iterator();
  }

  /** Watches ascending ids. */
  private static final class Repeats {
    private Long last;

    /** The lowest id that has come twice, or null. */
    private Long twice;

    void add(long id) {
      if (twice == null && last != null && last == id) {
        twice = id;
      }
      last = id;
    }
  }

  @Override
  public void close() {
    if (parts != null) {
      parts.unpersist();
    }
  }
}
