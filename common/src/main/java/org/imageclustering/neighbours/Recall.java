package org.imageclustering.neighbours;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;

/** How much of the truth an approximate search finds. */
public final class Recall {
  private static final int CHUNK = 128;
  private static final double RELATIVE = 1e-6;

  private Recall() {}

  /**
   * Returns the share of the k true nearest other points that {@code found} holds, in [0, 1],
   * measured on a sample against an exact search. A point at the k-th distance counts, whichever of
   * several it is.
   *
   * @param points n x d, those that were searched among themselves
   * @param found n x k, their neighbours
   * @param sampleSize how many points are compared; all if there are fewer
   * @param seed of the sample
   */
  public static double of(FloatMatrix points, Neighbours found, int sampleSize, long seed) {
    int n = points.rows();
    int k = Math.min(found.k(), n - 1);
    if (k == 0) {
      return 1;
    }
    int[] sample =
        sampleSize >= n
            ? IntStream.range(0, n).toArray()
            : new SplittableRandom(seed).ints(0, n).distinct().limit(sampleSize).toArray();
    ExactIndex exact = ExactIndex.of(points);
    long[] hits = new long[Parallel.chunks(sample.length, CHUNK)];
    Parallel.forChunks(
        sample.length,
        CHUNK,
        (chunk, from, until) -> {
          int[] own = java.util.Arrays.copyOfRange(sample, from, until);
          Neighbours truth = SelfNeighbours.drop(exact.search(points.select(own), k + 1), own);
          for (int i = 0; i < own.length; i++) {
            double reach = truth.distances()[(i + 1) * k - 1] * (1 + RELATIVE);
            for (int j = own[i] * found.k(); j < own[i] * found.k() + k; j++) {
              hits[chunk] += found.distances()[j] <= reach ? 1 : 0;
            }
          }
        });
    return java.util.Arrays.stream(hits).sum() / ((double) sample.length * k);
  }
}
