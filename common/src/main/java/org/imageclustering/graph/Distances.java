package org.imageclustering.graph;

import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;

/** Distances of points, in double precision and a fixed order of operations. */
final class Distances {
  private Distances() {}

  /** Returns {@code |x_i - x_j|}. */
  static double between(FloatMatrix points, int i, int j) {
    return Math.sqrt(squared(points, i, j));
  }

  /** Returns {@code |x_i - x_j|^2}. */
  static double squared(FloatMatrix points, int i, int j) {
    float[] values = points.values();
    int a = points.offset(i);
    int b = points.offset(j);
    double sum = 0;
    for (int c = 0; c < points.columns(); c++) {
      double difference = (double) values[a + c] - values[b + c];
      sum += difference * difference;
    }
    return sum;
  }

  /** Returns {@code |x_i|^2}. */
  static double squaredNorm(FloatMatrix points, int i) {
    double sum = 0;
    for (int at = points.offset(i); at < points.offset(i) + points.columns(); at++) {
      sum += (double) points.values()[at] * points.values()[at];
    }
    return sum;
  }

  /**
   * Returns for each point the distance to its k-th neighbour, k from 1, or to the last that it
   * has; 0 where it has none.
   */
  static float[] toNeighbour(Neighbours neighbours, int k) {
    float[] distances = new float[neighbours.count()];
    for (int i = 0; i < distances.length; i++) {
      int row = i * neighbours.k();
      for (int j = 0; j < Math.min(neighbours.k(), k) && neighbours.ids()[row + j] >= 0; j++) {
        distances[i] = neighbours.distances()[row + j];
      }
    }
    return distances;
  }

  /** Returns the middle of the values, the upper one of two; 0 if there are none. */
  static float median(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
