package org.imageclustering.spectral;

/** Eigenpairs of a normalised affinity and the degrees that it was normalised by. */
public final class KernelSpectrum {
  private final EigenPairs pairs;
  private final double[] degrees;

  /** Wraps them, not copied. */
  public KernelSpectrum(EigenPairs pairs, double[] degrees) {
    this.pairs = pairs;
    this.degrees = degrees;
  }

  /** Returns the eigenpairs, largest value first. */
  public EigenPairs pairs() {
    return pairs;
  }

  /** Returns the n sums of the affinity's rows, or their approximations, not a copy. */
  public double[] degrees() {
    return degrees;
  }
}
