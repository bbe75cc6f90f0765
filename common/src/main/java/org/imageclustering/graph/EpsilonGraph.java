package org.imageclustering.graph;

/**
 * The graph in which points are joined that are no farther apart than epsilon (SA-Net Table 1,
 * epsilon-nearest-neighborhood). A node keeps no more than its shortest edges, as many as the
 * neighbours that are handed over; an edge stays if either of its ends keeps it
 * (docs/decisions/020).
 */
public final class EpsilonGraph {
  private EpsilonGraph() {}

  /**
   * Returns the graph; nodes without an edge are in {@link CsrGraph#isolated()}.
   *
   * @param near the nearest other points of every point, as many as a node may keep; not modified
   * @param epsilon largest length of an edge, in the points' unit, rounded to single precision as
   *     lengths are
   * @param weights of all those neighbours, as {@link EdgeWeights#of} gives them; not modified
   */
  public static CsrGraph of(Neighbours near, double epsilon, float[] weights) {
    float[] kept = weights.clone();
    for (int e = 0; e < kept.length; e++) {
      kept[e] = near.distances()[e] <= (float) epsilon ? kept[e] : 0f;
    }
    return KnnGraph.of(near, kept, Symmetrisation.UNION);
  }

  /**
   * Returns the number of nodes that lose edges to the cap: those whose last neighbour is still
   * within epsilon. None, where every other point was handed over.
   */
  public static int capped(Neighbours near, double epsilon) {
    int capped = 0;
    if (near.k() < near.count() - 1) {
      for (int e = near.k() - 1; e < near.ids().length; e += near.k()) {
        capped += near.ids()[e] >= 0 && near.distances()[e] <= (float) epsilon ? 1 : 0;
      }
    }
    return capped;
  }
}
