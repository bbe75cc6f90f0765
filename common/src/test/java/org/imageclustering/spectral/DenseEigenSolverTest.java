package org.imageclustering.spectral;

final class DenseEigenSolverTest extends EigenSolverContract {
  @Override
  EigenSolver solver() {
    return new DenseEigenSolver();
  }
}
