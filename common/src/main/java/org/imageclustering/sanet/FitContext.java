package org.imageclustering.sanet;

import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;

/** What the fit of a layer is handed from outside: who searches neighbours, who hears figures. */
public interface FitContext {
  /** Returns the k nearest other points of every indexed point. */
  Neighbours searchSelf(NeighbourIndex index, int k);

  /** Records a figure of the fit: a count, recall, residual. */
  void measure(String stage, String key, Object value);
}
