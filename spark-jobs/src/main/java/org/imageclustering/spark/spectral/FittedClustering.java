package org.imageclustering.spark.spectral;

import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.partition.LandmarkVote;
import org.imageclustering.partition.Landmarks;

/**
 * All that a fit found, as arrays on the driver; what a model saves. Memory: about {@code 4 d + 4 m
 * + 4 c} bytes a landmark for vectors of d entries, m embedding columns and c candidates.
 *
 * @param ids n ids of the fitted rows, ascending
 * @param owner for each of them the landmark (distinct point) that it equals
 * @param landmarks the distinct points
 * @param settings what the vote and the messages need
 * @param spectrum eigenvalues, descending, and their residuals: 2 x m
 * @param candidates every candidate of the pool
 */
@SuppressWarnings("ArrayRecordComponent")
record FittedClustering(
    long[] ids,
    int[] owner,
    Landmarks landmarks,
    Settings settings,
    double[][] spectrum,
    Candidates candidates) {

  /**
   * The numbers of a fit.
   *
   * @param clusters K
   * @param voters nearest landmarks that assign another point
   * @param components of the graph
   * @param seed of the index
   */
  record Settings(int clusters, int voters, int components, long seed) {}

  /**
   * The candidates of the pool.
   *
   * @param names c names
   * @param labels c x landmarks cluster numbers
   * @param scores (c + 1) x 5: modularity, map equation, ncut, silhouette, cost; the last row is
   *     the result's
   * @param chosen position of the chosen one
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Candidates(String[] names, int[][] labels, double[][] scores, int chosen) {}

  int clusters() {
    return settings.clusters();
  }

  int components() {
    return settings.components();
  }

  /** Returns who assigns other points; builds the index of the landmarks. */
  LandmarkVote vote() {
    NeighbourIndex index = LandmarkSearch.index(landmarks.points(), settings.seed());
    return landmarks.vote(index, settings.clusters(), settings.voters());
  }
}
