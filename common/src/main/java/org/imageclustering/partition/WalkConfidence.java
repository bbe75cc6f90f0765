package org.imageclustering.partition;

import org.imageclustering.graph.CsrGraph;
import org.imageclustering.linalg.Parallel;

/**
 * How sure each point's cluster is: the probability that a random walker on the graph, started at
 * the point, is in the point's own cluster after three steps, (P³ H)_{i, label(i)} with P = D^-1 W
 * and H the indicator matrix of the clusters.
 *
 * <p>In [0, 1]; 1 deep inside a cluster, about 1/2 on the border of two. On digits, fashion and
 * natural images it ranked wrong points below right ones better than the distances to the centres
 * of the embedding and than one step of the walk (the plain share of the neighbours' vote).
 */
public final class WalkConfidence {
  private static final int STEPS = 3;
  private static final int CHUNK = 1024;

  /** Clusters that are worked on together. */
  private static final int PANEL = 32;

  private WalkConfidence() {}

  /**
   * Returns n confidences. O(steps · edges · K) time, 256 n bytes: the clusters are worked on some
   * at a time.
   *
   * @param labels n cluster numbers in {@code 0..clusters-1}; not modified
   */
  public static double[] of(CsrGraph graph, int[] labels, int clusters) {
    double[] confidence = new double[graph.nodes()];
    for (int first = 0; first < clusters; first += PANEL) {
      fill(graph, labels, first, Math.min(PANEL, clusters - first), confidence);
    }
    return confidence;
  }

  /** Writes the confidences of the points in the clusters {@code first..first+width-1}. */
  private static void fill(
      CsrGraph graph, int[] labels, int first, int width, double[] confidence) {
    int n = graph.nodes();
    float[] share = new float[Math.multiplyExact(n, width)];
    for (int i = 0; i < n; i++) {
      if (labels[i] >= first && labels[i] < first + width) {
        share[i * width + labels[i] - first] = 1;
      }
    }
    for (int step = 0; step < STEPS; step++) {
      share = walked(graph, share, width);
    }
    for (int i = 0; i < n; i++) {
      if (labels[i] >= first && labels[i] < first + width) {
        confidence[i] = Math.min(1, share[i * width + labels[i] - first]);
      }
    }
  }

  /** Returns P times the shares; a point without links stays where it is. */
  private static float[] walked(CsrGraph graph, float[] share, int clusters) {
    float[] next = new float[share.length];
    Parallel.forChunks(
        graph.nodes(),
        CHUNK,
        (chunk, from, until) -> {
          for (int i = from; i < until; i++) {
            walk(graph, i, share, next, clusters);
          }
        });
    return next;
  }

  private static void walk(CsrGraph graph, int i, float[] share, float[] next, int clusters) {
    int to = i * clusters;
    double degree = 0;
    for (int e = graph.rowStart()[i]; e < graph.rowStart()[i + 1]; e++) {
      float weight = graph.weights()[e];
      int from = graph.columns()[e] * clusters;
      degree += weight;
      for (int c = 0; c < clusters; c++) {
        next[to + c] += weight * share[from + c];
      }
    }
    for (int c = 0; c < clusters; c++) {
      next[to + c] = degree == 0 ? share[to + c] : (float) (next[to + c] / degree);
    }
  }
}
