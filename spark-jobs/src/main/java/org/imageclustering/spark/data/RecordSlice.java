package org.imageclustering.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of one file that one task reads: those at {@code from <= position < until} in it; the id
 * of position 0 is {@code firstId}.
 */
final class RecordSlice implements Serializable {
  private static final long serialVersionUID = 1L;

  private final InputFile file;
  private final long firstId;
  private final long from;
  private final long until;

  private RecordSlice(InputFile file, long firstId, long from, long until) {
    this.file = file;
    this.firstId = firstId;
    this.from = from;
    this.until = until;
  }

  /** Returns a file's records in at most {@code count} slices of about equal length. */
  static List<RecordSlice> of(InputFile file, long firstId, long records, long count) {
    List<RecordSlice> slices = new ArrayList<>();
    long size = Math.max(1, (records + count - 1) / Math.max(1, count));
    for (long from = 0; from < records; from += size) {
      slices.add(new RecordSlice(file, firstId, from, Math.min(records, from + size)));
    }
    return slices;
  }

  InputFile file() {
    return file;
  }

  long from() {
    return from;
  }

  long until() {
    return until;
  }

  long id(long position) {
    return firstId + position;
  }

  /** Returns {@code file#position}, the key of an image across runs. */
  String origin(long position) {
    return file.origin() + "#" + position;
  }
}
