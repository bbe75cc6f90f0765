package org.imageclustering.affinity;

import org.imageclustering.graph.KernelOperator;
import org.imageclustering.graph.KernelProducts;
import org.imageclustering.spectral.EigenSolver;
import org.imageclustering.spectral.KernelSpectrum;

/** Eigenvectors by products with the normalised affinity, whose degrees are exact. */
public final class OperatorEigenvectors implements KernelEigenvectors {
  private final EigenSolver solver;

  /** The method with this solver. */
  public OperatorEigenvectors(EigenSolver solver) {
    this.solver = solver;
  }

  @Override
  public KernelSpectrum largest(KernelProducts products, int count, long seed) {
    KernelOperator operator = new KernelOperator(products);
    return new KernelSpectrum(solver.largest(operator, count, seed), operator.degrees());
  }
}
