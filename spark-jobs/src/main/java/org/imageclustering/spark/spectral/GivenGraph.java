package org.imageclustering.spark.spectral;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.imageclustering.UserException;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.EdgeList;

/**
 * A graph that was computed elsewhere: nodes with ids, and edges with weights. Lives on the driver,
 * which receives 8 bytes a node and 20 an edge.
 */
public final class GivenGraph {
  private final long[] ids;
  private final CsrGraph graph;

  private GivenGraph(long[] ids, CsrGraph graph) {
    this.ids = ids;
    this.graph = graph;
  }

  /** The edges of one partition. */
  private static final class Block implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long[] from;
    private final long[] to;
    private final float[] weights;

    Block(List<Row> rows) {
      from = rows.stream().mapToLong(row -> row.getLong(0)).toArray();
      to = rows.stream().mapToLong(row -> row.getLong(1)).toArray();
      weights = new float[from.length];
      for (int e = 0; e < weights.length; e++) {
        weights[e] = (float) rows.get(e).getDouble(2);
      }
    }
  }

  /**
   * Returns the graph (W + W^T) / 2 of a table of edges.
   *
   * @param nodes id: all nodes, each in at least one edge
   * @param edges source, target (whole numbers) and weight (above 0), in one direction or in both
   * @param name of the table, for messages
   * @throws UserException naming the column, edge or node that does not fit
   */
  public static GivenGraph of(Dataset<Row> nodes, Dataset<Row> edges, String name) {
    for (String column : List.of("source", "target", "weight")) {
      if (!Arrays.asList(edges.columns()).contains(column)) {
        throw new UserException(
            "Cannot read the edges %s: found columns %s, expected source, target and weight"
                .formatted(name, String.join(", ", edges.columns())));
      }
    }
    Dataset<Row> typed =
        edges.select(
            edges.col("source").cast(DataTypes.LongType),
            edges.col("target").cast(DataTypes.LongType),
            edges.col("weight").cast(DataTypes.DoubleType));
    if (!typed.filter("source is null or target is null or weight is null").isEmpty()) {
      throw new UserException(
          "Cannot read the edges %s: found an edge without source, target or weight, expected numbers"
              .formatted(name));
    }
    long[] ids =
        nodes.select("id").sort("id").collectAsList().stream()
            .mapToLong(row -> row.getLong(0))
            .toArray();
    // Sorted, so that sums do not depend on how the table is partitioned.
    List<Block> blocks = blocks(typed.sort("source", "target", "weight").javaRDD());
    return new GivenGraph(ids, graph(ids, blocks, name));
  }

  private static List<Block> blocks(JavaRDD<Row> edges) {
    return edges.mapPartitions(GivenGraph::block).collect();
  }

  private static Iterator<Block> block(Iterator<Row> rows) {
    List<Row> all = new ArrayList<>();
    rows.forEachRemaining(all::add);
    return List.of(new Block(all)).iterator();
  }

  private static CsrGraph graph(long[] ids, List<Block> blocks, String name) {
    int count = blocks.stream().mapToInt(block -> block.from.length).sum();
    int[] from = new int[count];
    int[] to = new int[count];
    float[] weights = new float[count];
    int at = 0;
    for (Block block : blocks) {
      for (int e = 0; e < block.from.length; e++) {
        from[at] = node(ids, block.from[e], name);
        to[at] = node(ids, block.to[e], name);
        weights[at] = block.weights[e];
        boolean fits = from[at] != to[at] && weights[at] > 0 && Float.isFinite(weights[at]);
        if (!fits) {
          throw new UserException(
              "Cannot read the edges %s: found weight %s from %d to %d, expected a finite number above 0 between two different ids"
                  .formatted(name, weights[at], block.from[e], block.to[e]));
        }
        at++;
      }
    }
    CsrGraph graph = EdgeList.graph(ids.length, from, to, weights);
    int[] isolated = graph.isolated();
    if (isolated.length > 0) {
      throw new UserException(
          "Cannot read the edges %s: found none of id %d, expected at least one of every id of the input"
              .formatted(name, ids[isolated[0]]));
    }
    return graph;
  }

  private static int node(long[] ids, long id, String name) {
    int node = Arrays.binarySearch(ids, id);
    if (node < 0) {
      throw new UserException(
          "Cannot read the edges %s: found an edge of id %d, expected ids of the input only"
              .formatted(name, id));
    }
    return node;
  }

  /** Returns the n ids, ascending: node i has the i-th. */
  long[] ids() {
    return ids;
  }

  /** Returns the symmetric graph. */
  CsrGraph graph() {
    return graph;
  }
}
