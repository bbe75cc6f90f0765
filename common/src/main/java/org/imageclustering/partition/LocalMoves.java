package org.imageclustering.partition;

import java.util.Arrays;
import org.imageclustering.criterion.Modularity;
import org.imageclustering.graph.CsrGraph;

/**
 * Moves each point to the cluster where it adds most to the modularity, until no single move adds
 * anything: the local phase of Blondel et al. 2008 (Louvain), held to K clusters. A cluster's last
 * point stays, so that the number of clusters does not change.
 */
public final class LocalMoves {
  /**
   * A move must add more than this times 2 d / T, so that rounding cannot move a point to and fro.
   */
  private static final double SMALLEST_GAIN = 1e-12;

  private final CsrGraph graph;
  private final double[] degrees;
  private final int[] labels;
  private final int[] sizes;
  private final double[] volumes;
  private final double[] linksTo;
  private final double total;

  private LocalMoves(CsrGraph graph, int[] labels, int clusters) {
    this.graph = graph;
    this.degrees = graph.degrees();
    this.labels = labels.clone();
    this.sizes = new int[clusters];
    this.volumes = new double[clusters];
    this.linksTo = new double[clusters];
    for (int i = 0; i < labels.length; i++) {
      sizes[labels[i]]++;
      volumes[labels[i]] += degrees[i];
    }
    this.total = Arrays.stream(degrees).sum();
  }

  /**
   * Returns labels from which no move of one point raises the modularity on the graph. Points are
   * visited in their order; O(edges + n K) a pass, and it ends because every move raises the
   * modularity.
   *
   * @param labels n cluster numbers in {@code 0..clusters-1}; not modified
   */
  public static int[] refine(CsrGraph graph, int[] labels, int clusters) {
    LocalMoves moves = new LocalMoves(graph, labels, clusters);
    boolean moved = moves.total > 0;
    while (moved) {
      moved = moves.pass();
    }
    return moves.labels;
  }

  private boolean pass() {
    boolean moved = false;
    for (int i = 0; i < labels.length; i++) {
      int from = labels[i];
      int to = sizes[from] == 1 ? from : best(i);
      if (to != from) {
        move(i, from, to);
        moved = true;
      }
    }
    return moved;
  }

  /** Returns the cluster of the largest gain, the point's own where none is above zero. */
  private int best(int i) {
    Arrays.fill(linksTo, 0);
    for (int e = graph.rowStart()[i]; e < graph.rowStart()[i + 1]; e++) {
      int j = graph.columns()[e];
      if (j != i) {
        linksTo[labels[j]] += graph.weights()[e];
      }
    }
    int own = labels[i];
    int best = own;
    double most = SMALLEST_GAIN * 2 * degrees[i] / total;
    for (int c = 0; c < volumes.length; c++) {
      if (c != own) {
        double gain =
            Modularity.moveGain(
                linksTo[own], linksTo[c], degrees[i], volumes[own], volumes[c], total);
        if (gain > most) {
          most = gain;
          best = c;
        }
      }
    }
    return best;
  }

  private void move(int i, int from, int to) {
    labels[i] = to;
    sizes[from]--;
    sizes[to]++;
    volumes[from] -= degrees[i];
    volumes[to] += degrees[i];
  }
}
