package org.imageclustering.refine;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;

/**
 * The rows that classifiers are trained on, in the order of their ids, with their initial clusters.
 * Immutable; {@code 4 d + 12} bytes a row.
 */
public final class TrainingSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private final FloatMatrix points;
  private final int[] assignment;
  private final float[] confidence;
  private final int[] shuffled;
  private final int clusters;

  /**
   * A training set; the arrays are not copied.
   *
   * @param points n x d, in the order of their ids
   * @param assignment n initial clusters, at least 0
   * @param confidence n numbers
   * @param shuffled the rows in a random order that seed and ids decide
   * @throws UserException if fewer than two clusters have rows
   */
  public TrainingSet(FloatMatrix points, int[] assignment, float[] confidence, int[] shuffled) {
    this.points = points;
    this.assignment = assignment;
    this.confidence = confidence;
    this.shuffled = shuffled;
    this.clusters = Arrays.stream(assignment).max().orElse(-1) + 1;
    long filled = Arrays.stream(assignment).distinct().count();
    if (filled < 2) {
      throw new UserException(
          "Cannot refine clusters: found %d with rows, expected at least 2".formatted(filled));
    }
  }

  /** Returns the points, n x d. */
  public FloatMatrix points() {
    return points;
  }

  /** Returns the number n_c of initial clusters: one more than the largest. */
  public int clusters() {
    return clusters;
  }

  /** Returns the initial cluster of a row. */
  int cluster(int row) {
    return assignment[row];
  }

  /** Returns the number of rows of an initial cluster. */
  public int size(int cluster) {
    return (int) Arrays.stream(assignment).filter(of -> of == cluster).count();
  }

  /** Returns the rows of subset k of m, in the random order. */
  public int[] subset(int k, int m) {
    int from = (int) ((long) shuffled.length * k / m);
    int until = (int) ((long) shuffled.length * (k + 1) / m);
    return Arrays.copyOfRange(shuffled, from, until);
  }

  /** Returns the most confident rows of a cluster, at most {@code count}; ties by the id. */
  public int[] mostConfident(int cluster, int count) {
    return IntStream.range(0, assignment.length)
        .filter(row -> assignment[row] == cluster)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(row -> -confidence[row])
                .thenComparingInt(row -> row))
        .limit(count)
        .mapToInt(row -> row)
        .toArray();
  }
}
