package org.imageclustering.partition;

import java.util.Arrays;
import java.util.Comparator;
import org.imageclustering.linalg.FloatMatrix;

/** Numbers of clusters: made dense, complete, or ordered by size. */
final class Labels {
  private Labels() {}

  /** Returns the labels renumbered so that those in use are {@code 0..count-1}, in their order. */
  static int[] compact(int[] labels) {
    int[] sizes = sizes(labels, Arrays.stream(labels).max().orElse(-1) + 1);
    int[] number = new int[sizes.length];
    int next = 0;
    for (int c = 0; c < sizes.length; c++) {
      number[c] = sizes[c] > 0 ? next++ : -1;
    }
    return renumbered(labels, number);
  }

  /** Returns the number of clusters of compact labels. */
  static int count(int[] compact) {
    return Arrays.stream(compact).max().orElse(-1) + 1;
  }

  /**
   * Returns labels that use all of {@code 0..clusters-1}: as long as a cluster is empty, the point
   * furthest from the mean of the largest cluster becomes one of its own.
   *
   * @param points n x d, n at least {@code clusters}
   */
  static int[] complete(FloatMatrix points, int[] labels, int clusters) {
    int[] complete = compact(labels);
    for (int next = count(complete); next < clusters; next++) {
      int[] sizes = sizes(complete, next);
      int largest = 0;
      for (int c = 1; c < next; c++) {
        largest = sizes[c] > sizes[largest] ? c : largest;
      }
      complete[furthest(points, complete, largest)] = next;
    }
    return complete;
  }

  /**
   * Returns the labels renumbered by falling size; of equal ones the first to occur comes first.
   */
  static int[] bySize(int[] labels, int clusters) {
    int[] sizes = sizes(labels, clusters);
    int[] first = new int[clusters];
    for (int i = labels.length - 1; i >= 0; i--) {
      first[labels[i]] = i;
    }
    Integer[] order = new Integer[clusters];
    Arrays.setAll(order, c -> c);
    Arrays.sort(
        order, Comparator.<Integer>comparingInt(c -> -sizes[c]).thenComparingInt(c -> first[c]));
    int[] number = new int[clusters];
    for (int c = 0; c < clusters; c++) {
      number[order[c]] = c;
    }
    return renumbered(labels, number);
  }

  /** Returns how many points each cluster has. */
  static int[] sizes(int[] labels, int clusters) {
    int[] sizes = new int[clusters];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }

  /** Returns the mean of each cluster's points, K x d. */
  static FloatMatrix means(FloatMatrix points, int[] labels, int clusters) {
    int d = points.columns();
    double[] sums = new double[clusters * d];
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; j < d; j++) {
        sums[labels[i] * d + j] += points.values()[points.offset(i) + j];
      }
    }
    int[] sizes = sizes(labels, clusters);
    FloatMatrix means = FloatMatrix.zeros(clusters, d);
    for (int e = 0; e < sums.length; e++) {
      means.values()[e] = (float) (sums[e] / Math.max(1, sizes[e / d]));
    }
    return means;
  }

  private static int[] renumbered(int[] labels, int[] number) {
    int[] renumbered = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      renumbered[i] = number[labels[i]];
    }
    return renumbered;
  }

  private static int furthest(FloatMatrix points, int[] labels, int cluster) {
    double[] mean = mean(points, labels, cluster);
    int furthest = -1;
    double most = -1;
    for (int i = 0; i < labels.length; i++) {
      double square = labels[i] == cluster ? squareDistance(points, i, mean) : -1;
      if (square > most) {
        most = square;
        furthest = i;
      }
    }
    return furthest;
  }

  private static double[] mean(FloatMatrix points, int[] labels, int cluster) {
    double[] mean = new double[points.columns()];
    int size = 0;
    for (int i = 0; i < labels.length; i++) {
      for (int j = 0; labels[i] == cluster && j < mean.length; j++) {
        mean[j] += points.values()[points.offset(i) + j];
      }
      size += labels[i] == cluster ? 1 : 0;
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= size;
    }
    return mean;
  }

  private static double squareDistance(FloatMatrix points, int i, double[] centre) {
    double square = 0;
    for (int j = 0; j < centre.length; j++) {
      double difference = (double) points.values()[points.offset(i) + j] - centre[j];
      square += difference * difference;
    }
    return square;
  }
}
