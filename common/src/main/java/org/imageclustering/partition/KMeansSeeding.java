package org.imageclustering.partition;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Sgemm;

/**
 * First centres for k-means: greedy k-means++ (Arthur and Vassilvitskii 2007) on a sample. Each
 * centre is the best of {@code 2 + ln K} points drawn with probability proportional to the squared
 * distance from the centres so far. Above {@link #MAX_GREEDY} clusters, whose seeds matter little
 * each, distinct rows drawn at random.
 */
final class KMeansSeeding {
  private static final int MAX_GREEDY = 256;
  private static final int MIN_SAMPLE = 20_000;
  private static final int SAMPLE_PER_CLUSTER = 100;
  private static final int CHUNK = 2048;

  private final FloatMatrix sample;
  private final float[] norms;
  private final float[] nearest;
  private final SplittableRandom random;

  private KMeansSeeding(FloatMatrix sample, SplittableRandom random) {
    this.sample = sample;
    this.norms = NearestCentres.squaredNorms(sample);
    this.nearest = new float[sample.rows()];
    this.random = random;
    Arrays.fill(nearest, Float.POSITIVE_INFINITY);
  }

  /** Returns K rows of the points as centres, K x d. */
  static FloatMatrix centres(FloatMatrix points, int clusters, SplittableRandom random) {
    int n = points.rows();
    if (clusters > MAX_GREEDY) {
      return points.select(distinct(n, clusters, random));
    }
    int size = Math.min(n, Math.max(MIN_SAMPLE, SAMPLE_PER_CLUSTER * clusters));
    FloatMatrix sample = size == n ? points : points.select(distinct(n, size, random));
    return new KMeansSeeding(sample, random).greedy(clusters);
  }

  /** Returns distinct numbers below n, ascending, every set of them equally likely. */
  static int[] distinct(int n, int count, SplittableRandom random) {
    int[] chosen = new int[count];
    int taken = 0;
    for (int i = 0; taken < count; i++) { // Knuth's selection sampling (algorithm S)
      if (random.nextDouble() * (n - i) < count - taken) {
        chosen[taken++] = i;
      }
    }
    return chosen;
  }

  private FloatMatrix greedy(int clusters) {
    int[] chosen = new int[clusters];
    chosen[0] = random.nextInt(sample.rows());
    keep(distances(new int[] {chosen[0]}), 1, 0);
    int trials = 2 + (int) Math.log(clusters);
    for (int c = 1; c < clusters; c++) {
      int[] candidates = draw(trials);
      float[] distances = distances(candidates);
      int best = leastPotential(distances, trials);
      chosen[c] = candidates[best];
      keep(distances, trials, best);
    }
    return sample.select(chosen);
  }

  /** Draws rows with probability proportional to {@link #nearest}; any row when all are zero. */
  private int[] draw(int trials) {
    double[] cumulated = new double[nearest.length];
    double total = 0;
    for (int i = 0; i < nearest.length; i++) {
      total += nearest[i];
      cumulated[i] = total;
    }
    int[] drawn = new int[trials];
    for (int t = 0; t < trials; t++) {
      double target = random.nextDouble() * total;
      drawn[t] = total > 0 ? firstAbove(cumulated, target) : random.nextInt(nearest.length);
    }
    return drawn;
  }

  private static int firstAbove(double[] cumulated, double target) {
    int low = 0;
    int high = cumulated.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulated[middle] > target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Returns squared distances of all rows from the given ones, n x t. */
  private float[] distances(int[] from) {
    FloatMatrix origins = sample.select(from);
    int d = sample.columns();
    float[] distances = new float[Math.multiplyExact(sample.rows(), from.length)];
    Parallel.forChunks(
        sample.rows(),
        CHUNK,
        (chunk, start, until) -> {
          float[] products = new float[(until - start) * from.length];
          Sgemm.get()
              .timesTransposed(
                  until - start,
                  from.length,
                  d,
                  sample.values(),
                  sample.offset(start),
                  origins.values(),
                  0,
                  products);
          for (int p = 0; p < products.length; p++) {
            float lengths = norms[start + p / from.length] + norms[from[p % from.length]];
            distances[start * from.length + p] = Math.max(0f, lengths - 2 * products[p]);
          }
        });
    for (int t = 0; t < from.length; t++) {
      distances[from[t] * from.length + t] = 0; // exactly, so that it is not drawn again
    }
    return distances;
  }

  private int leastPotential(float[] distances, int trials) {
    double[] potentials = new double[trials];
    for (int i = 0; i < nearest.length; i++) {
      for (int t = 0; t < trials; t++) {
        potentials[t] += Math.min(nearest[i], distances[i * trials + t]);
      }
    }
    int best = 0;
    for (int t = 1; t < trials; t++) {
      best = potentials[t] < potentials[best] ? t : best;
    }
    return best;
  }

  private void keep(float[] distances, int trials, int chosen) {
    for (int i = 0; i < nearest.length; i++) {
      nearest[i] = Math.min(nearest[i], distances[i * trials + chosen]);
    }
  }
}
