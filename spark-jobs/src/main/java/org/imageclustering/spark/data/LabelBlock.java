package org.imageclustering.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Labels of successive ids, one byte each, that one task turns into rows. */
final class LabelBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Small enough to travel with a task. */
  private static final int LENGTH = 1 << 16;

  private final long firstId;
  private final byte[] labels;

  private LabelBlock(long firstId, byte[] labels) {
    this.firstId = firstId;
    this.labels = labels;
  }

  /** Returns labels in blocks, at least one. */
  static List<LabelBlock> of(long firstId, byte[] labels) {
    List<LabelBlock> blocks = new ArrayList<>();
    int from = 0;
    do {
      int until = Math.min(labels.length, from + LENGTH);
      blocks.add(new LabelBlock(firstId + from, Arrays.copyOfRange(labels, from, until)));
      from = until;
    } while (from < labels.length);
    return blocks;
  }

  /** Returns id long, label string. */
  Iterator<Row> rows() {
    return IntStream.range(0, labels.length)
        .mapToObj(i -> RowFactory.create(firstId + i, Integer.toString(labels[i] & 0xff)))
        .iterator();
  }
}
