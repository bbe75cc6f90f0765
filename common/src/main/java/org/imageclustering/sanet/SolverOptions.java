package org.imageclustering.sanet;

import org.imageclustering.UserException;
import org.imageclustering.affinity.KernelEigenvectors;
import org.imageclustering.affinity.LandmarkSampling;
import org.imageclustering.affinity.NystromEigenvectors;
import org.imageclustering.affinity.OperatorEigenvectors;
import org.imageclustering.spectral.EigenSolver;
import org.imageclustering.spectral.MiniBatchOptions;
import org.imageclustering.spectral.MiniBatchSubspace;

/** How the eigenvectors of a procedure are found (SA-Net Table 1, computing method). */
public sealed interface SolverOptions
    permits SolverOptions.Lanczos, SolverOptions.Nystrom, SolverOptions.MiniBatch {

  /** Returns the method for a fully connected affinity. */
  KernelEigenvectors ofKernel();

  /**
   * Returns the method for a sparse graph.
   *
   * @param lanczos what {@link Lanczos} stands for: it may have other machines
   * @throws UserException if there is none
   */
  EigenSolver ofGraph(EigenSolver lanczos);

  /**
   * By products with the whole matrix. The paper names Lanczos (section 3.3); what runs is subspace
   * iteration with Chebyshev filters (docs/decisions/003).
   *
   * @param denseNodes the most nodes of a fully connected affinity, at least 1: some hundred
   *     products compute its n^2 entries anew each time
   */
  record Lanczos(int denseNodes) implements SolverOptions {
    @Override
    public KernelEigenvectors ofKernel() {
      return new OperatorEigenvectors(EigenSolver.get());
    }

    @Override
    public EigenSolver ofGraph(EigenSolver lanczos) {
      return lanczos;
    }
  }

  /**
   * The Nystrom approximation from some columns of a fully connected affinity.
   *
   * @param columns how many, or 0: {@code max(4 eigenvectors, 1000)}
   * @param sampling how they are chosen
   */
  record Nystrom(int columns, LandmarkSampling sampling) implements SolverOptions {
    @Override
    public KernelEigenvectors ofKernel() {
      return new NystromEigenvectors(columns, sampling);
    }

    @Override
    public EigenSolver ofGraph(EigenSolver lanczos) {
      throw new UserException(
          "Cannot use solver nystrom on a sparse graph, whose columns are almost all zero: expected lanczos or mini-batch");
    }
  }

  /**
   * Mini-batch spectral clustering.
   *
   * @param options of the gradient ascent
   */
  record MiniBatch(MiniBatchOptions options) implements SolverOptions {
    @Override
    public KernelEigenvectors ofKernel() {
      return new OperatorEigenvectors(new MiniBatchSubspace(options));
    }

    @Override
    public EigenSolver ofGraph(EigenSolver lanczos) {
      return new MiniBatchSubspace(options);
    }
  }
}
