package org.imageclustering.graph;

/** UMAP's fuzzy neighbourhoods (McInnes, Healy and Melville 2018, section 3.1). */
final class FuzzyWeights {
  private static final double LEAST = 1e-6;
  private static final int BISECTIONS = 40;

  private FuzzyWeights() {}

  /** Returns the weights of the edges of every point; see {@link EdgeWeights#FUZZY}. */
  static float[] of(Neighbours neighbours) {
    float[] weights = new float[neighbours.ids().length];
    for (int i = 0; i < neighbours.count(); i++) {
      row(neighbours, i, weights);
    }
    return weights;
  }

  /** Writes the weights of the edges of point i, which sum to log2 of their number. */
  private static void row(Neighbours neighbours, int i, float[] weights) {
    int from = i * neighbours.k();
    int to = from;
    double nearest = 0;
    while (to < from + neighbours.k() && neighbours.ids()[to] >= 0) {
      nearest = nearest == 0 ? neighbours.distances()[to] : nearest;
      to++;
    }
    double sigma = scale(neighbours.distances(), from, to, nearest);
    for (int e = from; e < to; e++) {
      weights[e] = (float) Math.max(LEAST, weight(neighbours.distances()[e] - nearest, sigma));
    }
  }

  /** Returns sigma, by bisection; the mean distance over 1000 where copies alone sum to more. */
  private static double scale(float[] distances, int from, int to, double nearest) {
    double wanted = Math.log(Math.max(2, to - from)) / Math.log(2);
    double mean = 0;
    for (int e = from; e < to; e++) {
      mean += distances[e] / (to - from);
    }
    double low = mean / 1000;
    double high = low;
    while (high > 0 && sum(distances, from, to, nearest, high) < wanted && high < 1e6 * mean) {
      low = high;
      high *= 2;
    }
    for (int step = 0; step < BISECTIONS; step++) {
      double middle = (low + high) / 2;
      if (sum(distances, from, to, nearest, middle) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double sum(float[] distances, int from, int to, double nearest, double sigma) {
    double sum = 0;
    for (int e = from; e < to; e++) {
      sum += weight(distances[e] - nearest, sigma);
    }
    return sum;
  }

  private static double weight(double beyond, double sigma) {
    return beyond <= 0 ? 1 : Math.exp(-beyond / sigma);
  }
}
