package org.imageclustering.data;

/**
 * Which old pixels make up each new one along one axis, and by how much; the weights of a new pixel
 * sum to 1. With {@code s = from / to}: new pixel {@code i} covers {@code [i s, (i + 1) s)}; if
 * {@code s >= 1} each old pixel counts by the share of that interval it fills, otherwise the two
 * old pixels whose centres lie around {@code (i + 1/2) s} count by their closeness.
 */
final class AxisWeights {
  private final int[] first;
  private final float[][] weights;

  private AxisWeights(int[] first, float[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  /** Returns the weights from an axis of {@code from} pixels to one of {@code to}. */
  static AxisWeights of(int from, int to) {
    AxisWeights axis = new AxisWeights(new int[to], new float[to][]);
    double step = from / (double) to;
    for (int i = 0; i < to; i++) {
      if (step >= 1) {
        axis.average(i, i * step, Math.min(from, (i + 1) * step));
      } else {
        axis.interpolate(i, (i + 0.5) * step - 0.5, from - 1);
      }
    }
    return axis;
  }

  private void average(int i, double start, double end) {
    int from = (int) Math.floor(start);
    int until = Math.max(from + 1, (int) Math.ceil(end - 1e-9));
    first[i] = from;
    weights[i] = new float[until - from];
    for (int j = from; j < until; j++) {
      double covered = Math.min(end, j + 1.0) - Math.max(start, j);
      weights[i][j - from] = (float) (covered / (end - start));
    }
  }

  private void interpolate(int i, double centre, int last) {
    double position = Math.max(0, Math.min(last, centre));
    int below = (int) Math.floor(position);
    float above = (float) (position - below);
    first[i] = below;
    weights[i] = above == 0f ? new float[] {1f} : new float[] {1f - above, above};
  }

  int length() {
    return first.length;
  }

  int first(int i) {
    return first[i];
  }

  int end(int i) {
    return first[i] + weights[i].length;
  }

  float weight(int i, int old) {
    return weights[i][old - first[i]];
  }
}
