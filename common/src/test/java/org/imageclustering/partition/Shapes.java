package org.imageclustering.partition;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;

/** Small data sets whose clusters are known, and their exact neighbours, for tests. */
final class Shapes {
  private Shapes() {}

  /** Points and the cluster that each was drawn from. */
  @SuppressWarnings("ArrayRecordComponent")
  record Labelled(FloatMatrix points, int[] labels) {}

  /** Returns two interleaved half circles of radius 1 with uniform noise; point i is of i % 2. */
  static Labelled twoMoons(int n, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[2 * n];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      double angle = Math.PI * random.nextDouble();
      labels[i] = i % 2;
      double side = labels[i] == 0 ? 1 : -1;
      x[2 * i] = (float) (side * Math.cos(angle) + labels[i] + noise * (random.nextDouble() - 0.5));
      x[2 * i + 1] =
          (float) (side * Math.sin(angle) + labels[i] * 0.5 + noise * (random.nextDouble() - 0.5));
    }
    return new Labelled(new FloatMatrix(n, 2, x), labels);
  }

  /** Returns uniform cubes about centres that lie {@code distance} apart along every axis. */
  static Labelled blobs(int n, int clusters, int d, double distance, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[n * d];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % clusters;
      for (int j = 0; j < d; j++) {
        x[i * d + j] = (float) (distance * labels[i] + random.nextDouble());
      }
    }
    return new Labelled(new FloatMatrix(n, d, x), labels);
  }

  /** Returns the k nearest other points of every point, by all distances. */
  static Neighbours neighbours(FloatMatrix points, int k) {
    int n = points.rows();
    int[] ids = new int[n * k];
    float[] distances = new float[n * k];
    Arrays.fill(ids, -1);
    Arrays.fill(distances, Float.POSITIVE_INFINITY);
    for (int i = 0; i < n; i++) {
      double[] squares = new double[n];
      Integer[] order = new Integer[n];
      for (int j = 0; j < n; j++) {
        squares[j] = i == j ? Double.POSITIVE_INFINITY : squareDistance(points, i, j);
        order[j] = j;
      }
      Arrays.sort(order, (a, b) -> Double.compare(squares[a], squares[b]));
      for (int e = 0; e < Math.min(k, n - 1); e++) {
        ids[i * k + e] = order[e];
        distances[i * k + e] = (float) Math.sqrt(squares[order[e]]);
      }
    }
    return new Neighbours(n, k, ids, distances);
  }

  /** Returns whether two labellings are the same partition under other names. */
  static boolean samePartition(int[] a, int[] b) {
    int[] there = new int[a.length + 1];
    int[] back = new int[a.length + 1];
    Arrays.fill(there, -1);
    Arrays.fill(back, -1);
    for (int i = 0; i < a.length; i++) {
      there[a[i]] = there[a[i]] < 0 ? b[i] : there[a[i]];
      back[b[i]] = back[b[i]] < 0 ? a[i] : back[b[i]];
      if (there[a[i]] != b[i] || back[b[i]] != a[i]) {
        return false;
      }
    }
    return true;
  }

  private static double squareDistance(FloatMatrix points, int i, int j) {
    double square = 0;
    for (int c = 0; c < points.columns(); c++) {
      double difference =
          (double) points.values()[points.offset(i) + c] - points.values()[points.offset(j) + c];
      square += difference * difference;
    }
    return square;
  }
}
