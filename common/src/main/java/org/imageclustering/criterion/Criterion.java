package org.imageclustering.criterion;

/** The label-free criterion by which one of several candidate partitions is chosen. */
public enum Criterion {
  /** {@link Modularity} on the embedding's own graph. */
  MODULARITY(true),
  /** {@link MapEquation} on the embedding's own graph. */
  MAP_EQUATION(false),
  /** {@link NormalizedCut} on the embedding's own graph. */
  NCUT(false),
  /** {@link Silhouette} of a sample, in the embedding. */
  SILHOUETTE(true),
  /** {@link KMeansCost} in the embedding. */
  COST(false);

  private final boolean largerIsBetter;

  Criterion(boolean largerIsBetter) {
    this.largerIsBetter = largerIsBetter;
  }

  /** Returns whether the first value is strictly the better one. */
  public boolean prefers(double value, double other) {
    return largerIsBetter ? value > other : value < other;
  }
}
