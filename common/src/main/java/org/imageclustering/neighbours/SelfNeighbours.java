package org.imageclustering.neighbours;

import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;

/** What the indexes share around the search itself. */
final class SelfNeighbours {
  private SelfNeighbours() {}

  /**
   * Returns the neighbours without each query's own identifier, one column narrower. Where the
   * identifier is missing (it has at least k equals of lower number) the last one goes.
   */
  static Neighbours drop(Neighbours withSelf, int[] own) {
    int wide = withSelf.k();
    int k = wide - 1;
    int[] ids = new int[own.length * k];
    float[] distances = new float[ids.length];
    for (int i = 0; i < own.length; i++) {
      int at = i * k;
      for (int j = i * wide; j < (i + 1) * wide && at < (i + 1) * k; j++) {
        if (withSelf.ids()[j] != own[i]) {
          ids[at] = withSelf.ids()[j];
          distances[at++] = withSelf.distances()[j];
        }
      }
    }
    return new Neighbours(own.length, k, ids, distances);
  }

  static void check(FloatMatrix points, FloatMatrix queries, int k) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "Cannot search neighbours: found k = " + k + ", expected at least 1");
    }
    if (queries.columns() != points.columns()) {
      throw new IllegalArgumentException(
          "Cannot search neighbours: found queries of "
              + queries.columns()
              + " dimensions, expected "
              + points.columns()
              + " as the indexed points have");
    }
  }
}
