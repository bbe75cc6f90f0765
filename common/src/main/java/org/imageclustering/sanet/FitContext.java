package org.imageclustering.sanet;

import java.util.function.Function;
import org.imageclustering.graph.KernelAffinity;
import org.imageclustering.graph.KernelProducts;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.spectral.EigenSolver;

/**
 * What the fit of a layer is handed from outside: who searches neighbours, multiplies kernels and
 * finds eigenvectors, who hears figures.
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

  /** Returns the solver of sparse graphs; here that of one machine. */
  default EigenSolver solver() {
    return EigenSolver.get();
  }

  /** Records a figure of the fit: a count, recall, residual. */
  void measure(String stage, String key, Object value);
}
