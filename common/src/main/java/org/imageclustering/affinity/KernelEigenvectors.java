package org.imageclustering.affinity;

import org.imageclustering.graph.KernelProducts;
import org.imageclustering.spectral.KernelSpectrum;

/** Finds the largest eigenvectors of a normalised, fully connected affinity. */
public interface KernelEigenvectors {
  /**
   * Returns the {@code count} largest eigenpairs of {@code D^-1/2 W D^-1/2}, the smallest of {@code
   * L_sym}.
   *
   * @param products of the affinity, wherever they are computed
   * @param seed of random draws; the result depends on it and the affinity alone
   * @throws org.imageclustering.UserException if there are fewer nodes than vectors, or the method
   *     cannot serve the kernel
   */
  KernelSpectrum largest(KernelProducts products, int count, long seed);
}
