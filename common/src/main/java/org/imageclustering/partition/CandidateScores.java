package org.imageclustering.partition;

import org.imageclustering.criterion.Criterion;

/**
 * What each label-free criterion says of a partition.
 *
 * @param modularity on the graph
 * @param mapEquation on the graph, in bits
 * @param ncut on the graph
 * @param silhouette over a sample, in the embedding that is given out
 * @param cost of k-means, in the embedding that is given out
 */
public record CandidateScores(
    double modularity, double mapEquation, double ncut, double silhouette, double cost) {
  /** Returns the value of one criterion. */
  public double of(Criterion criterion) {
    return switch (criterion) {
      case MODULARITY -> modularity;
      case MAP_EQUATION -> mapEquation;
      case NCUT -> ncut;
      case SILHOUETTE -> silhouette;
      case COST -> cost;
    };
  }
}
