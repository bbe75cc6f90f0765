package org.imageclustering.spark.data;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Files that one task reads, neighbours in the order of paths. */
final class FileGroup implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What opening a file costs, in bytes read meanwhile. */
  private static final long COST_OF_OPENING = 64L << 10;

  private final InputFile[] files;

  private FileGroup(List<InputFile> files) {
    this.files = files.toArray(InputFile[]::new);
  }

  InputFile[] files() {
    return files.clone();
  }

  /** Returns the files in at most {@code count} groups of about equal cost. */
  static List<FileGroup> of(List<InputFile> files, int count) {
    long total = files.stream().mapToLong(FileGroup::cost).sum();
    long share = Math.max(1, (total + count - 1) / count);
    List<FileGroup> groups = new ArrayList<>();
    List<InputFile> group = new ArrayList<>();
    long cost = 0;
    for (InputFile file : files) {
      group.add(file);
      cost += cost(file);
      if (cost >= share) {
        groups.add(new FileGroup(group));
        group.clear();
        cost = 0;
      }
    }
    if (!group.isEmpty()) {
      groups.add(new FileGroup(group));
    }
    return groups;
  }

  private static long cost(InputFile file) {
    return file.length() + COST_OF_OPENING;
  }
}
