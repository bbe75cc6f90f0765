package org.imageclustering.affinity;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.imageclustering.graph.KernelAffinity;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.neighbours.ExactIndex;
import org.imageclustering.partition.KMeans;
import org.imageclustering.spectral.GreedyColumns;
import org.imageclustering.spectral.Samples;

/** How the columns of the Nystrom method are chosen. */
public enum LandmarkSampling {
  /** Every node is as likely as any other (Fowlkes et al. 2004). */
  UNIFORM {
    @Override
    int[] choose(KernelAffinity kernel, int count, long seed) {
      return Samples.distinct(kernel.dimension(), count, new SplittableRandom(seed));
    }
  },

  /**
   * The points nearest to the centres of k-means (after Zhang, Tsang and Kwok 2008, who take the
   * centres themselves: those have no degree and no scale of their own). Centres come from a sample
   * of 40 points a centre. Where two share a point, drawn ones make up the number.
   */
  K_MEANS {
    @Override
    int[] choose(KernelAffinity kernel, int count, long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      FloatMatrix points = kernel.points();
      int size = (int) Math.min(points.rows(), (long) POINTS_A_CENTRE * count);
      FloatMatrix sample = points.select(Samples.distinct(points.rows(), size, random));
      FloatMatrix centres =
          KMeans.fit(sample, new KMeans.Options(count, ITERATIONS, 1, seed)).centres();
      int[] nearest = ExactIndex.of(points).search(centres, 1).ids();
      return filled(nearest, points.rows(), count, random);
    }
  },

  /** Sparse greedy matrix approximation: {@link GreedyColumns} (Smola and Schoelkopf 2000). */
  GREEDY {
    @Override
    int[] choose(KernelAffinity kernel, int count, long seed) {
      return filled(
          GreedyColumns.choose(kernel, count, seed),
          kernel.dimension(),
          count,
          new SplittableRandom(seed));
    }
  };

  private static final int POINTS_A_CENTRE = 40;
  private static final int ITERATIONS = 10;

  /**
   * Returns {@code count} different nodes, ascending.
   *
   * @param count at most the number of nodes
   */
  abstract int[] choose(KernelAffinity kernel, int count, long seed);

  private static int[] filled(int[] chosen, int n, int count, SplittableRandom random) {
    int[] distinct = Arrays.stream(chosen).distinct().toArray();
    boolean[] taken = new boolean[n];
    for (int node : distinct) {
      taken[node] = true;
    }
    int[] open = IntStream.range(0, n).filter(i -> !taken[i]).toArray();
    int[] more = Samples.distinct(open.length, count - distinct.length, random);
    return IntStream.concat(Arrays.stream(distinct), Arrays.stream(more).map(i -> open[i]))
        .sorted()
        .toArray();
  }
}
