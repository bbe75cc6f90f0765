package org.imageclustering.layout;

import java.util.Random;
import org.imageclustering.graph.CsrGraph;

/**
 * Lays the nodes of a neighbour graph out in the plane, so that neighbours lie close and others
 * apart: stochastic gradient descent on the cross-entropy between the graph's weights and {@code 1
 * / (1 + a d^2b)} of the distances d in the plane (McInnes, Healy and Melville 2018, UMAP, section
 * 3.2), every other node standing in for those that are no neighbours.
 *
 * <p>O(nodes + edges) memory, {@code epochs * edges} updates on one core.
 */
public final class NeighbourLayout {
  /** Of the curve 1 / (1 + a d^2b) that fits a smallest distance of 0.1. */
  private static final double A = 1.577;

  private static final double B = 0.8951;
  private static final int NEGATIVES = 5;
  private static final double LONGEST_STEP = 4;

  /** Side of the square in which the nodes start. */
  private static final double START_SIDE = 20;

  private final CsrGraph graph;
  private final Random random;
  private final double[] plane;

  private NeighbourLayout(CsrGraph graph, double[] plane, long seed) {
    this.graph = graph;
    this.plane = plane;
    this.random = new Random(seed);
  }

  /**
   * Returns the coordinates of the nodes: x and y of node 0, x and y of node 1, and so on.
   *
   * @param start first coordinates in the same form, at any scale, such as the leading principal
   *     components; not modified
   * @param epochs how often each edge is visited; 200 draws some thousand nodes well
   */
  public static double[] of(CsrGraph graph, double[] start, int epochs, long seed) {
    double largest = 0;
    for (double value : start) {
      largest = Math.max(largest, Math.abs(value));
    }
    double[] plane = new double[start.length];
    Random jitter = new Random(seed);
    for (int i = 0; i < start.length; i++) {
      double scaled = largest > 0 ? start[i] / largest * START_SIDE / 2 : 0;
      plane[i] = scaled + 1e-3 * jitter.nextGaussian();
    }
    NeighbourLayout layout = new NeighbourLayout(graph, plane, seed);
    for (int epoch = 0; epoch < epochs; epoch++) {
      layout.visitEdges(1 - (double) epoch / epochs);
    }
    return plane;
  }

  private void visitEdges(double rate) {
    float heaviest = 0;
    for (float weight : graph.weights()) {
      heaviest = Math.max(heaviest, weight);
    }
    for (int node = 0; node < graph.nodes(); node++) {
      for (int e = graph.rowStart()[node]; e < graph.rowStart()[node + 1]; e++) {
        if (random.nextFloat() * heaviest <= graph.weights()[e]) {
          attract(node, graph.columns()[e], rate);
          for (int i = 0; i < NEGATIVES; i++) {
            repel(node, random.nextInt(graph.nodes()), rate);
          }
        }
      }
    }
  }

  private void attract(int node, int other, double rate) {
    double square = square(node, other);
    if (square > 0) {
      double pull = -2 * A * B * Math.pow(square, B - 1) / (1 + A * Math.pow(square, B));
      move(node, other, pull, rate);
      move(other, node, pull, rate);
    }
  }

  private void repel(int node, int other, double rate) {
    double square = square(node, other);
    if (square > 0) {
      move(node, other, 2 * B / ((0.001 + square) * (1 + A * Math.pow(square, B))), rate);
    }
  }

  private double square(int node, int other) {
    double x = plane[2 * node] - plane[2 * other];
    double y = plane[2 * node + 1] - plane[2 * other + 1];
    return x * x + y * y;
  }

  private void move(int node, int from, double force, double rate) {
    for (int axis = 0; axis < 2; axis++) {
      double step = force * (plane[2 * node + axis] - plane[2 * from + axis]);
      plane[2 * node + axis] += rate * Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, step));
    }
  }
}
