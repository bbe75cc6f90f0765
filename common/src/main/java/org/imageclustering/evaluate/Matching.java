package org.imageclustering.evaluate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jgrapht.alg.matching.MaximumWeightBipartiteMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * The one-to-one assignment of clusters to classes that agrees with the most images (Kuhn 1955):
 * the map(.) of the accuracy. Clusters and classes may differ in number; then some stay without a
 * partner. Exact arithmetic, {@code O(m (e + m log m))} for m clusters and classes and e non-zero
 * cells. Immutable.
 */
public final class Matching {
  private static final int NONE = -1;

  private final int[] classOfCluster;
  private final long agreeing;

  private Matching(int[] classOfCluster, long agreeing) {
    this.classOfCluster = classOfCluster;
    this.agreeing = agreeing;
  }

  /** Returns the matching of largest total count; rows and columns of the table are its nodes. */
  public static Matching of(ContingencyTable table) {
    int rows = table.clusters().length;
    SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph = graphOf(table);
    Set<Integer> rowNodes = nodes(0, rows);
    Set<Integer> columnNodes = nodes(rows, rows + table.classes().size());
    int[] classOfCluster = new int[rows];
    Arrays.fill(classOfCluster, NONE);
    long agreeing = 0;
    for (DefaultWeightedEdge edge :
        new MaximumWeightBipartiteMatching<>(graph, rowNodes, columnNodes).getMatching()) {
      int row = graph.getEdgeSource(edge);
      int column = graph.getEdgeTarget(edge) - rows;
      classOfCluster[row] = column;
      agreeing += table.count(row, column);
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
        Comparator.<Integer, Boolean>comparing(row -> classOfCluster[row] == NONE)
            .thenComparing(
                row ->
                    classOfCluster[row] == NONE
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

  private static SimpleWeightedGraph<Integer, DefaultWeightedEdge> graphOf(ContingencyTable table) {
    int rows = table.clusters().length;
    int columns = table.classes().size();
    SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph =
        new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    nodes(0, rows + columns).forEach(graph::addVertex);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        if (table.count(row, column) > 0) {
          graph.setEdgeWeight(graph.addEdge(row, rows + column), (double) table.count(row, column));
        }
      }
    }
    return graph;
  }

  private static Set<Integer> nodes(int from, int until) {
    Set<Integer> nodes = new LinkedHashSet<>();
    IntStream.range(from, until).forEach(nodes::add);
    return nodes;
  }
}
