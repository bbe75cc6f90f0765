package org.imageclustering.partition;

import java.io.Serializable;
import java.util.Arrays;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;

/**
 * Assigns any point by the fitted ones. A point that equals a landmark takes the landmark's own
 * cluster, confidence and row. Every other takes the vote of its nearest landmarks:
 *
 * <ul>
 *   <li>a vote weighs {@code w_j = exp(-d_j² / (sigma sigma_j))}, sigma being the distance to the
 *       7th nearest landmark (local scaling: Zelnik-Manor and Perona 2004), or 1 for graphs of 0/1
 *       weights;
 *   <li>the cluster is the one with the largest sum of weights, the lower number on a tie;
 *   <li>the confidence is the sum over its voters of {@code w_j} times their own confidence,
 *       divided by the sum of all weights: in [0, 1];
 *   <li>the embedding is the weighted mean of the neighbours' rows, scaled to unit length.
 * </ul>
 */
public final class LandmarkVote implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int SCALE_NEIGHBOUR = 7;

  /** Far from every landmark the weights underflow; the nearest ones still vote. */
  private static final double SMALLEST_WEIGHT = 1e-6;

  private final Landmarks landmarks;
  private final NeighbourIndex index;
  private final int clusters;
  private final int voters;

  LandmarkVote(Landmarks landmarks, NeighbourIndex index, int clusters, int voters) {
    this.landmarks = landmarks;
    this.index = index;
    this.clusters = clusters;
    this.voters = Math.min(voters, landmarks.points().rows());
  }

  /**
   * The clusters of some points.
   *
   * @param labels m cluster numbers
   * @param confidence m numbers in [0, 1]
   * @param embedding m rows
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Result(int[] labels, double[] confidence, FloatMatrix embedding) {}

  /** Returns the number of entries that a point must have. */
  public int dimension() {
    return landmarks.points().columns();
  }

  /**
   * Returns the clusters of points. Uses one thread; a point's result does not depend on the others
   * in the call.
   *
   * @param points m x d; not modified
   */
  public Result of(FloatMatrix points) {
    int m = points.rows();
    int width = landmarks.embedding().columns();
    Result result = new Result(new int[m], new double[m], FloatMatrix.zeros(m, width));
    int[] others = new int[m];
    int count = 0;
    for (int i = 0; i < m; i++) {
      int same = index.indexOf(points.values(), points.offset(i));
      if (same >= 0) {
        copy(same, i, result);
      } else {
        others[count++] = i;
      }
    }
    if (count > 0) {
      int[] unknown = Arrays.copyOf(others, count);
      Neighbours nearest = index.search(points.select(unknown), voters);
      for (int q = 0; q < count; q++) {
        vote(nearest, q, unknown[q], result);
      }
    }
    return result;
  }

  private void copy(int landmark, int i, Result result) {
    result.labels()[i] = landmarks.labels()[landmark];
    result.confidence()[i] = landmarks.confidence()[landmark];
    FloatMatrix rows = landmarks.embedding();
    System.arraycopy(
        rows.values(),
        rows.offset(landmark),
        result.embedding().values(),
        result.embedding().offset(i),
        rows.columns());
  }

  private void vote(Neighbours nearest, int query, int i, Result result) {
    double[] votes = new double[clusters];
    double[] sure = new double[clusters];
    double[] row = new double[landmarks.embedding().columns()];
    int first = query * nearest.k();
    int last = first + Math.min(nearest.k(), SCALE_NEIGHBOUR) - 1;
    for (int e = first; e < first + nearest.k() && nearest.ids()[e] >= 0; e++) {
      int j = nearest.ids()[e];
      double weight = weight(nearest.distances()[e], nearest.distances()[last], j);
      votes[landmarks.labels()[j]] += weight;
      sure[landmarks.labels()[j]] += weight * landmarks.confidence()[j];
      add(weight, j, row);
    }
    int best = 0;
    for (int c = 1; c < clusters; c++) {
      best = votes[c] > votes[best] ? c : best;
    }
    result.labels()[i] = best;
    result.confidence()[i] = Math.min(1, sure[best] / Arrays.stream(votes).sum());
    writeUnit(row, result.embedding(), i);
  }

  private double weight(double distance, double scale, int landmark) {
    double product = scale * landmarks.scales()[landmark];
    if (product == 0) {
      return 1;
    }
    return Math.max(SMALLEST_WEIGHT, Math.exp(-distance * distance / product));
  }

  private void add(double weight, int landmark, double[] row) {
    int from = landmarks.embedding().offset(landmark);
    for (int c = 0; c < row.length; c++) {
      row[c] += weight * landmarks.embedding().values()[from + c];
    }
  }

  private static void writeUnit(double[] row, FloatMatrix rows, int i) {
    double square = 0;
    for (double value : row) {
      square += value * value;
    }
    double length = square == 0 ? 1 : Math.sqrt(square);
    for (int c = 0; c < row.length; c++) {
      rows.values()[rows.offset(i) + c] = (float) (row[c] / length);
    }
  }
}
