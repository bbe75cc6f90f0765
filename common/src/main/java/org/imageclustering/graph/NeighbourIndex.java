package org.imageclustering.graph;

import java.io.Serializable;
import org.imageclustering.linalg.FloatMatrix;

/** Points that can be asked for the nearest of them. Immutable, safe for many threads. */
public interface NeighbourIndex extends Serializable {
  /** Returns the indexed points, {@code n x d}. */
  FloatMatrix points();

  /**
   * Returns an indexed point that equals a row, or -1. A search by cells may miss it.
   *
   * @param source holds d numbers from {@code offset} on
   */
  int indexOf(float[] source, int offset);

  /**
   * Returns the k nearest indexed points of each query; a point that equals the query is one of
   * them. Uses one thread.
   *
   * @param queries {@code m x d}; not modified
   */
  Neighbours search(FloatMatrix queries, int k);

  /**
   * Returns the k nearest other indexed points of the indexed points {@code from <= i < until},
   * which are themselves left out. Uses one thread.
   */
  Neighbours searchSelf(int from, int until, int k);
}
