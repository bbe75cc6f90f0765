package org.imageclustering.linalg;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jgrapht.alg.matching.MaximumWeightBipartiteMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * The one-to-one assignment of rows to columns of largest total count (Kuhn 1955). Rows and columns
 * may differ in number; then some stay without a partner. Exact arithmetic, {@code O(m (e + m log
 * m))} for m rows and columns and e non-zero cells.
 */
public final class Assignment {
  /** The column of a row that stays alone. */
  public static final int NONE = -1;

  private Assignment() {}

  /** A table of counts, zero or more. */
  @FunctionalInterface
  public interface Counts {
    /** Returns the count of a cell. */
    long at(int row, int column);
  }

  /** Returns each row's column, or {@link #NONE}. Cells of count 0 pair nobody. */
  public static int[] of(int rows, int columns, Counts counts) {
    SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph =
        new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    nodes(0, rows + columns).forEach(graph::addVertex);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        long count = counts.at(row, column);
        if (count > 0) {
          graph.setEdgeWeight(graph.addEdge(row, rows + column), (double) count);
        }
      }
    }
    int[] columnOf = new int[rows];
    Arrays.fill(columnOf, NONE);
    for (DefaultWeightedEdge edge :
        new MaximumWeightBipartiteMatching<>(graph, nodes(0, rows), nodes(rows, rows + columns))
            .getMatching()) {
      columnOf[graph.getEdgeSource(edge)] = graph.getEdgeTarget(edge) - rows;
    }
    return columnOf;
  }

  private static Set<Integer> nodes(int from, int until) {
    Set<Integer> nodes = new LinkedHashSet<>();
    IntStream.range(from, until).forEach(nodes::add);
    return nodes;
  }
}
