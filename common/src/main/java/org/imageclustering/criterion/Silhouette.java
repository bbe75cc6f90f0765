package org.imageclustering.criterion;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Sgemm;

/**
 * The mean silhouette (Rousseeuw 1987) over a sample of the points: s_i = (b_i - a_i) / max(a_i,
 * b_i), where a_i is the mean Euclidean distance to the others of its own cluster and b_i the
 * smallest mean distance to another cluster, both within the sample. In [-1, 1], larger is better;
 * a point alone in its cluster counts 0.
 *
 * <p>The distances are computed once and serve any number of partitions: O(s² d) time and 4 s²
 * bytes for a sample of s points (16 MB at 2,000). Exact where the sample is all the points.
 */
public final class Silhouette {
  private static final int CHUNK = 256;

  private final int[] sample;
  private final float[] distances;

  private Silhouette(int[] sample, float[] distances) {
    this.sample = sample;
    this.distances = distances;
  }

  /**
   * Returns the scorer for partitions of the points.
   *
   * @param points n x d; not modified
   * @param cap the largest sample; all points where there are no more
   * @param seed of the draw, which is a function of the seed and n alone
   */
  public static Silhouette of(FloatMatrix points, int cap, long seed) {
    int[] sample = draw(points.rows(), cap, seed);
    FloatMatrix chosen = points.select(sample);
    float[] distances = new float[Math.multiplyExact(sample.length, sample.length)];
    double[] squares = squares(chosen);
    Parallel.forChunks(
        sample.length,
        CHUNK,
        (chunk, from, until) -> fill(chosen, squares, from, until, distances));
    return new Silhouette(sample, distances);
  }

  /**
   * Returns the mean silhouette of the sampled points; 0 where the sample shows one cluster only.
   *
   * @param labels n cluster numbers in {@code 0..clusters-1}; not modified
   */
  public double of(int[] labels, int clusters) {
    int[] sizes = new int[clusters];
    for (int i : sample) {
      sizes[labels[i]]++;
    }
    double sum = 0;
    double[] toCluster = new double[clusters];
    for (int i = 0; i < sample.length; i++) {
      Arrays.fill(toCluster, 0);
      for (int j = 0; j < sample.length; j++) {
        toCluster[labels[sample[j]]] += distances[i * sample.length + j];
      }
      sum += ofPoint(toCluster, sizes, labels[sample[i]]);
    }
    return sample.length == 0 ? 0 : sum / sample.length;
  }

  private static double ofPoint(double[] toCluster, int[] sizes, int own) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int c = 0; c < sizes.length; c++) {
      if (c != own && sizes[c] > 0) {
        nearest = Math.min(nearest, toCluster[c] / sizes[c]);
      }
    }
    if (sizes[own] == 1 || nearest == Double.POSITIVE_INFINITY) {
      return 0;
    }
    double inside = toCluster[own] / (sizes[own] - 1);
    double larger = Math.max(inside, nearest);
    return larger == 0 ? 0 : (nearest - inside) / larger;
  }

  /** Floyd's draw of {@code cap} of n numbers, sorted. */
  private static int[] draw(int n, int cap, long seed) {
    if (n <= cap) {
      int[] all = new int[n];
      Arrays.setAll(all, i -> i);
      return all;
    }
    SplittableRandom random = new SplittableRandom(seed);
    java.util.BitSet drawn = new java.util.BitSet(n);
    for (int j = n - cap; j < n; j++) {
      int candidate = random.nextInt(j + 1);
      drawn.set(drawn.get(candidate) ? j : candidate);
    }
    return drawn.stream().toArray();
  }

  private static double[] squares(FloatMatrix points) {
    double[] squares = new double[points.rows()];
    for (int i = 0; i < squares.length; i++) {
      for (int j = 0; j < points.columns(); j++) {
        double value = points.values()[points.offset(i) + j];
        squares[i] += value * value;
      }
    }
    return squares;
  }

  private static void fill(
      FloatMatrix points, double[] squares, int from, int until, float[] distances) {
    int n = points.rows();
    float[] dots = new float[(until - from) * n];
    Sgemm.get()
        .timesTransposed(
            until - from,
            n,
            points.columns(),
            points.values(),
            points.offset(from),
            points.values(),
            0,
            dots);
    for (int i = from; i < until; i++) {
      for (int j = 0; j < n; j++) {
        double square = squares[i] + squares[j] - 2.0 * dots[(i - from) * n + j];
        distances[i * n + j] = i == j ? 0 : (float) Math.sqrt(Math.max(0, square));
      }
    }
  }
}
