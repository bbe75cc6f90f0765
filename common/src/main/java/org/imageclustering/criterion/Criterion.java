package org.imageclustering.criterion;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.imageclustering.UserException;

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

  /** Returns the name in configurations and tables: {@code map-equation}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the criterion of this name, in any case.
   *
   * @param option the option's name, for the message
   * @throws UserException if there is none
   */
  public static Criterion parse(String option, String name) {
    for (Criterion criterion : values()) {
      if (criterion.key().equals(name.toLowerCase(Locale.ROOT))) {
        return criterion;
      }
    }
    throw new UserException(
        "Cannot use "
            + option
            + ": found \""
            + name
            + "\", expected one of "
            + Arrays.stream(values()).map(Criterion::key).collect(Collectors.joining(", ")));
  }
}
