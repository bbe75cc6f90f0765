package org.imageclustering.evaluate;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.imageclustering.linalg.Assignment;

/**
 * The one-to-one assignment of clusters to classes that agrees with the most images: the map(.) of
 * the accuracy. Clusters and classes may differ in number; then some stay without a partner ({@link
 * Assignment}). Immutable.
 */
public final class Matching {
  private final int[] classOfCluster;
  private final long agreeing;

  private Matching(int[] classOfCluster, long agreeing) {
    this.classOfCluster = classOfCluster;
    this.agreeing = agreeing;
  }

  /** Returns the matching of largest total count; rows and columns of the table are its nodes. */
  public static Matching of(ContingencyTable table) {
    int[] classOfCluster =
        Assignment.of(table.clusters().length, table.classes().size(), table::count);
    long agreeing = 0;
    for (int row = 0; row < classOfCluster.length; row++) {
      agreeing +=
          classOfCluster[row] == Assignment.NONE ? 0 : table.count(row, classOfCluster[row]);
    }
    return new Matching(classOfCluster, agreeing);
  }

  /** Returns the column that a row is matched with, or -1 if it stays alone. */
  public int classOf(int row) {
    return classOfCluster[row];
  }

  /** Returns the number of images on which clusters and classes agree under this matching. */
  public long agreeing() {
    return agreeing;
  }

  /**
   * Returns the table's rows in the order of the columns that they are matched with, so that the
   * agreeing cells form a diagonal; rows that stay alone follow, grouped by their most frequent
   * label, the largest first.
   */
  public int[] rowOrder(ContingencyTable table) {
    long[] sizes = table.clusterSizes();
    Comparator<Integer> order =
        Comparator.<Integer, Boolean>comparing(row -> classOfCluster[row] == Assignment.NONE)
            .thenComparing(
                row ->
                    classOfCluster[row] == Assignment.NONE
                        ? mostFrequentClass(table, row)
                        : classOfCluster[row])
            .thenComparing(row -> -sizes[row])
            .thenComparing(Comparator.naturalOrder());
    return IntStream.range(0, sizes.length)
        .boxed()
        .sorted(order)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Returns the column with the most images of a row, the first of equals. */
  static int mostFrequentClass(ContingencyTable table, int row) {
    int best = 0;
    for (int column = 1; column < table.classes().size(); column++) {
      if (table.count(row, column) > table.count(row, best)) {
        best = column;
      }
    }
    return best;
  }
}
