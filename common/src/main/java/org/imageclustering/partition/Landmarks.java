package org.imageclustering.partition;

import java.io.Serializable;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.linalg.FloatMatrix;

/**
 * The fitted points with what was found for each: enough to assign any other point. A small final
 * class of arrays, made to be broadcast: 4 (d + m) + 16 bytes a landmark.
 */
public final class Landmarks implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FloatMatrix points;
  private final FloatMatrix embedding;
  private final int[] labels;
  private final float[] confidence;
  private final float[] scales;

  /**
   * Wraps the arrays, not copied.
   *
   * @param points n x d, distinct rows
   * @param embedding n x m, their rows in the embedding, of unit length
   * @param labels n cluster numbers
   * @param confidence n numbers in [0, 1]
   * @param scales n local scales sigma, the distance to the 7th nearest other landmark; all 0 where
   *     votes weigh the same whatever their distance
   */
  public Landmarks(
      FloatMatrix points, FloatMatrix embedding, int[] labels, float[] confidence, float[] scales) {
    int n = points.rows();
    if (embedding.rows() != n
        || labels.length != n
        || confidence.length != n
        || scales.length != n) {
      throw new IllegalArgumentException(
          "Cannot hold landmarks: found arrays of other lengths, expected " + n);
    }
    this.points = points;
    this.embedding = embedding;
    this.labels = labels;
    this.confidence = confidence;
    this.scales = scales;
  }

  /** Returns the landmarks, n x d. */
  public FloatMatrix points() {
    return points;
  }

  /** Returns their rows in the embedding, n x m. */
  public FloatMatrix embedding() {
    return embedding;
  }

  /** Returns their clusters, the array itself. */
  public int[] labels() {
    return labels;
  }

  /** Returns their confidences, the array itself. */
  public float[] confidence() {
    return confidence;
  }

  /** Returns their local scales, the array itself. */
  public float[] scales() {
    return scales;
  }

  /** Returns who assigns other points by these landmarks. */
  public LandmarkVote vote(NeighbourIndex index, int clusters, int voters) {
    return new LandmarkVote(this, index, clusters, voters);
  }
}
