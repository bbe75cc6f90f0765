package org.imageclustering.spark.baseline;

import com.typesafe.config.Config;
import org.imageclustering.UserException;

/**
 * The options of {@link KMeansClustering}.
 *
 * @param clusters at least 2
 * @param seed of the draws of initial centres
 * @param iterations the largest number of passes of one start, at least 1
 * @param tolerance a start ends when no centre moves further, Euclidean distance, at least 0
 * @param restarts number of starts, at least 1; the one of least cost is kept
 */
public record KMeansOptions(
    int clusters, long seed, int iterations, double tolerance, int restarts) {

  /**
   * Checks the values.
   *
   * @throws UserException naming the key, what was found and what is expected
   */
  public KMeansOptions {
    atLeast("clusters", clusters, 2);
    atLeast("k-means.iterations", iterations, 1);
    atLeast("k-means.restarts", restarts, 1);
    if (!(tolerance >= 0)) {
      throw new UserException(
          "Cannot use k-means.tolerance: found %s, expected at least 0".formatted(tolerance));
    }
  }

  /**
   * Returns the options of a resolved configuration: {@code clusters}, {@code seed} and the section
   * {@code k-means}.
   *
   * @throws UserException naming the key that is out of its range
   */
  public static KMeansOptions of(Config config) {
    return new KMeansOptions(
        config.getInt("clusters"),
        config.getLong("seed"),
        config.getInt("k-means.iterations"),
        config.getDouble("k-means.tolerance"),
        config.getInt("k-means.restarts"));
  }

  private static void atLeast(String key, int found, int least) {
    if (found < least) {
      throw new UserException(
          "Cannot use %s: found %d, expected at least %d".formatted(key, found, least));
    }
  }
}
