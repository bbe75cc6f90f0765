package org.imageclustering.sanet;

import java.util.function.Function;
import org.imageclustering.graph.KernelAffinity;
import org.imageclustering.graph.KernelProducts;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;

/**
 * What the fit of a layer is handed from outside: who searches neighbours and multiplies kernels,
 * who hears figures.
 */
public interface FitContext {
  /** Returns the k nearest other points of every indexed point. */
  Neighbours searchSelf(NeighbourIndex index, int k);

  /**
   * Returns what some work makes of the products of a fully connected affinity: on the cores of
   * this machine, unless the context has others. Their bits are the same.
   */
  default <T> T withProducts(KernelAffinity kernel, Function<KernelProducts, T> work) {
    return work.apply(KernelProducts.inMemory(kernel));
  }

  /** Records a figure of the fit: a count, recall, residual. */
  void measure(String stage, String key, Object value);
}
