package org.imageclustering.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imageclustering.UserException;

/**
 * Counts n_ij of the images that are in cluster i and bear label j: all that the scores need to
 * know. Rows are ordered by cluster id; columns by label, as numbers where all of them are numbers.
 * Immutable; K x C counts of 8 bytes.
 */
public final class ContingencyTable {
  /** More cells than this are ids, not labels. */
  public static final int MAXIMUM_CELLS = 4_000_000;

  private final int[] clusters;
  private final List<String> classes;
  private final long[] counts;
  private final long[] clusterSizes;
  private final long[] classSizes;

  /** One cell: how many images are in this cluster and bear this label. */
  public record Cell(int cluster, String label, long count) {}

  private ContingencyTable(int[] clusters, List<String> classes, long[] counts) {
    this.clusters = clusters;
    this.classes = classes;
    this.counts = counts;
    this.clusterSizes = new long[clusters.length];
    this.classSizes = new long[classes.size()];
    for (int i = 0; i < clusters.length; i++) {
      for (int j = 0; j < classSizes.length; j++) {
        clusterSizes[i] = Math.addExact(clusterSizes[i], count(i, j));
        classSizes[j] = Math.addExact(classSizes[j], count(i, j));
      }
    }
  }

  /**
   * Returns the table of the given cells, in any order; equal pairs are added up and cells of zero
   * count nothing.
   *
   * @throws IllegalArgumentException if a count is negative
   * @throws UserException if clusters times labels pass {@value #MAXIMUM_CELLS}: such labels are
   *     not categories
   */
  public static ContingencyTable ofCells(List<Cell> cells) {
    Map<Integer, Integer> rows = new TreeMap<>();
    Map<String, Integer> columns = new TreeMap<>(labelOrder(cells));
    for (Cell cell : cells) {
      if (cell.count() < 0) {
        throw new IllegalArgumentException("Cannot count images: found " + cell);
      }
      if (cell.count() > 0) {
        rows.put(cell.cluster(), 0);
        columns.put(cell.label(), 0);
      }
    }
    requireCategories(rows.size(), columns.size());
    number(rows);
    number(columns);
    long[] counts = new long[rows.size() * columns.size()];
    for (Cell cell : cells) {
      if (cell.count() > 0) {
        int at = rows.get(cell.cluster()) * columns.size() + columns.get(cell.label());
        counts[at] = Math.addExact(counts[at], cell.count());
      }
    }
    int[] clusters = rows.keySet().stream().mapToInt(Integer::intValue).toArray();
    return new ContingencyTable(clusters, List.copyOf(columns.keySet()), counts);
  }

  /**
   * Returns the table of two parallel lists.
   *
   * @param predictions the cluster of each image
   * @param labels the label of each image
   * @throws IllegalArgumentException if the lists differ in length
   */
  public static ContingencyTable of(int[] predictions, int[] labels) {
    if (predictions.length != labels.length) {
      throw new IllegalArgumentException(
          "Cannot compare partitions: found "
              + labels.length
              + " labels, expected "
              + predictions.length);
    }
    Cell[] cells = new Cell[labels.length];
    Arrays.setAll(cells, i -> new Cell(predictions[i], Integer.toString(labels[i]), 1));
    return ofCells(List.of(cells));
  }

  /**
   * Checks a number of non-zero cells before they are gathered.
   *
   * @throws UserException if there are more than {@value #MAXIMUM_CELLS}
   */
  public static void requireCategories(int nonZeroCells) {
    if (nonZeroCells > MAXIMUM_CELLS) {
      throw new UserException(
          "Cannot compare clusters with labels: found more than %d pairs of a cluster and a label, expected fewer; are the labels categories?"
              .formatted(MAXIMUM_CELLS));
    }
  }

  /** Returns n, the number of images counted. */
  public long images() {
    return Arrays.stream(clusterSizes).sum();
  }

  /** Returns the ids of the clusters that have an image, ascending: the rows' names. */
  public int[] clusters() {
    return clusters.clone();
  }

  /** Returns the labels that an image bears: the columns' names. */
  public List<String> classes() {
    return classes;
  }

  /** Returns n_ij of a row and a column. */
  public long count(int row, int column) {
    return counts[row * classes.size() + column];
  }

  /** Returns a_i, the images of each row. */
  public long[] clusterSizes() {
    return clusterSizes.clone();
  }

  /** Returns b_j, the images of each column. */
  public long[] classSizes() {
    return classSizes.clone();
  }

  private static void requireCategories(int clusterCount, int classCount) {
    if ((long) clusterCount * classCount > MAXIMUM_CELLS) {
      throw new UserException(
          "Cannot compare clusters with labels: found %d clusters and %d distinct labels, expected at most %d pairs of them; are the labels categories?"
              .formatted(clusterCount, classCount, MAXIMUM_CELLS));
    }
  }

  private static Comparator<String> labelOrder(List<Cell> cells) {
    boolean numbers = cells.stream().allMatch(cell -> cell.label().matches("-?\\d{1,18}"));
    return numbers
        ? Comparator.<String>comparingLong(Long::parseLong).thenComparing(Comparator.naturalOrder())
        : Comparator.naturalOrder();
  }

  private static <K> void number(Map<K, Integer> names) {
    int next = 0;
    for (Map.Entry<K, Integer> entry : names.entrySet()) {
      entry.setValue(next++);
    }
  }
}
