package org.imageclustering.coclustering;

import java.io.Serializable;
import java.util.Arrays;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.partition.DistinctPoints;
import org.imageclustering.partition.KMeans;
import org.imageclustering.partition.KMeansResult;

/**
 * Clusters of rows and columns together (Algorithm 1, steps 5 and 6). Immutable.
 *
 * <p>The confidence of a row is its association with the columns of its own cluster, {@code sum_(j
 * in C) a_ij / sum_j a_ij}, in [0, 1].
 */
public final class Coclusters implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The cluster of a column without entries. */
  public static final int NONE = -1;

  private static final int ITERATIONS = 300;

  private final BipartiteEmbedding embedding;
  private final FloatMatrix centres;
  private final int[] columnClusters;

  /**
   * Clusters that were saved.
   *
   * @param centres k x l
   * @param columnClusters n clusters, {@link #NONE} for an empty column
   */
  public Coclusters(BipartiteEmbedding embedding, FloatMatrix centres, int[] columnClusters) {
    this.embedding = embedding;
    this.centres = centres;
    this.columnClusters = columnClusters;
  }

  /**
   * Clusters rows' and columns' points together by k-means.
   *
   * @param rowPoints those of rows that are not empty, s x l, in the order of their ids
   * @param columnSums n sums of the columns, of which empty ones are left out
   * @throws UserException if there are fewer different rows than clusters
   */
  public static Coclusters fit(
      BipartiteEmbedding embedding,
      FloatMatrix rowPoints,
      double[] columnSums,
      CoclusteringOptions options) {
    int distinct = DistinctPoints.of(rowPoints).points().rows();
    if (distinct < options.clusters()) {
      throw new UserException(
          "Cannot make %d clusters: found %d different rows, expected at least as many as clusters"
              .formatted(options.clusters(), distinct));
    }
    int[] filled = filled(columnSums);
    FloatMatrix all = stacked(rowPoints, embedding.columnPoints().select(filled));
    KMeansResult result =
        KMeans.fit(
            all,
            new KMeans.Options(options.clusters(), ITERATIONS, options.restarts(), options.seed()));
    int[] columnClusters = new int[columnSums.length];
    Arrays.fill(columnClusters, NONE);
    for (int i = 0; i < filled.length; i++) {
      columnClusters[filled[i]] = result.assignment()[rowPoints.rows() + i];
    }
    return new Coclusters(embedding, result.centres(), columnClusters);
  }

  private static int[] filled(double[] columnSums) {
    int[] filled = new int[columnSums.length];
    int count = 0;
    for (int column = 0; column < columnSums.length; column++) {
      if (columnSums[column] > 0) {
        filled[count++] = column;
      }
    }
    return Arrays.copyOf(filled, count);
  }

  private static FloatMatrix stacked(FloatMatrix above, FloatMatrix below) {
    FloatMatrix all = FloatMatrix.zeros(above.rows() + below.rows(), above.columns());
    System.arraycopy(above.values(), 0, all.values(), 0, above.values().length);
    System.arraycopy(below.values(), 0, all.values(), above.values().length, below.values().length);
    return all;
  }

  /**
   * Returns the cluster whose centre is nearest to a row's point, the lower one on a tie. A row
   * without entries is the origin, and its confidence 0.
   */
  public int cluster(int[] columns, float[] values) {
    float[] point = embedding.point(columns, values);
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.rows(); c++) {
      double distance = 0;
      for (int j = 0; j < point.length; j++) {
        double difference = (double) point[j] - centres.values()[centres.offset(c) + j];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }

  /** Returns the share of a row's weight that lies in the columns of a cluster, in [0, 1]. */
  public double association(int[] columns, float[] values, int cluster) {
    double own = 0;
    double all = 0;
    for (int e = 0; e < columns.length; e++) {
      all += values[e];
      own += columnClusters[columns[e]] == cluster ? values[e] : 0;
    }
    return all > 0 ? own / all : 0;
  }

  /** Returns the number k of clusters. */
  public int clusters() {
    return centres.rows();
  }

  /** Returns the space of the points. */
  public BipartiteEmbedding embedding() {
    return embedding;
  }

  /** Returns the centres, k x l, not a copy. */
  public FloatMatrix centres() {
    return centres;
  }

  /** Returns each column's cluster, {@link #NONE} for an empty column; a copy. */
  public int[] columnClusters() {
    return columnClusters.clone();
  }
}
