package org.imageclustering.neighbours;

import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.Parallel;

/** The search of all points among themselves on the cores of one machine. */
public final class LocalNeighbours {
  private static final int POINTS_PER_CHUNK = 8192;

  private LocalNeighbours() {}

  /** Returns the k nearest other points of every indexed point; {@code n k 8} bytes. */
  public static Neighbours search(NeighbourIndex index, int k) {
    int n = index.points().rows();
    int[] ids = new int[Math.multiplyExact(n, k)];
    float[] distances = new float[ids.length];
    Parallel.forChunks(
        n,
        POINTS_PER_CHUNK,
        (chunk, from, until) -> {
          Neighbours part = index.searchSelf(from, until, k);
          System.arraycopy(part.ids(), 0, ids, from * k, part.ids().length);
          System.arraycopy(part.distances(), 0, distances, from * k, part.ids().length);
        });
    return new Neighbours(n, k, ids, distances);
  }
}
