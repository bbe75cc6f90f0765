package org.imageclustering.partition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imageclustering.criterion.ClusterLinks;
import org.imageclustering.criterion.Modularity;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.linalg.FloatMatrix;

/**
 * A suggestion for the number of clusters K of a graph, without labels: from the curve of the
 * largest modularity Q(k) over the number of clusters, beside the gaps of the eigenvalues.
 *
 * <p>What one cluster more adds is measured in units of what it adds to k - 1 equal groups without
 * a link between them that become k: {@code g(k) = (Q(k) - Q(k-1)) k (k-1)}. As long as clusters
 * are unions of groups of like size, g is about 1 or above; halving one of k true groups adds about
 * 1/2 and less. The curve has an elbow at k if
 *
 * <ol>
 *   <li>no later g exceeds {@value #MOST_AFTER}, so that what follows may be halves of groups;
 *   <li>g(k) exceeds every later one by at least {@value #LEAST_DROP}; of several k the one of the
 *       largest such drop.
 * </ol>
 *
 * <p>Where there is no elbow the suggestion is a guess: the smallest k whose modularity is within
 * one per cent of the largest. Groups of very different size blur the elbow, as modularity prefers
 * equal ones; and long thin groups have none.
 */
public final class ClusterCount {
  private static final double MOST_AFTER = 0.7;
  private static final double LEAST_DROP = 0.3;
  private static final double NEAR_THE_TOP = 0.99;
  private static final int ITERATIONS = 25;

  private final double[] modularity;
  private final double[] gaps;
  private final int suggestion;
  private final boolean hasElbow;

  private ClusterCount(double[] modularity, double[] gaps) {
    this.modularity = modularity;
    this.gaps = gaps;
    int elbow = elbow(modularity);
    this.hasElbow = elbow > 0;
    this.suggestion = hasElbow ? elbow : guess(modularity);
  }

  /**
   * One number of clusters.
   *
   * @param clusters k, from 2
   * @param modularity the largest that was found
   * @param gain g(k), what the k-th cluster adds
   * @param eigenvalueGap lambda_k - lambda_(k+1) of D^-1/2 W D^-1/2, NaN where it is not known
   */
  public record Point(int clusters, double modularity, double gain, double eigenvalueGap) {}

  /**
   * Returns the suggestion for a graph. For every k from 2 to {@code most} the fine partitions of
   * the pool's options, made in the widest commute-time embedding, are merged by modularity to k
   * and refined by single moves; the largest modularity counts. O(most) refinements.
   *
   * @param eigenvalues of D^-1/2 W D^-1/2, descending
   * @param most the largest number of clusters to look at, at least 3
   */
  static ClusterCount of(
      CsrGraph graph,
      SpectralCoordinates coordinates,
      double[] eigenvalues,
      PoolOptions options,
      int most,
      long seed) {
    FloatMatrix points = coordinates.commuteTime(options.vectors(2));
    List<int[]> fine =
        fineSizes(options, most).stream()
            .map(size -> Math.min(size, points.rows()))
            .distinct()
            .map(size -> new KMeans.Options(size, ITERATIONS, 1, seed))
            .map(kMeans -> Labels.compact(KMeans.fit(points, kMeans).assignment()))
            .collect(Collectors.toList());
    double[] modularity = new double[most + 1];
    Arrays.setAll(modularity, k -> k < 2 ? 0 : Double.NEGATIVE_INFINITY);
    IntStream.rangeClosed(2, most)
        .parallel()
        .forEach(k -> fine.forEach(labels -> keepBest(graph, labels, k, modularity)));
    return of(modularity, gaps(eigenvalues, most));
  }

  /** Returns the suggestion of a curve: Q(0), Q(1) = 0, Q(2), ... and the gaps by k. */
  static ClusterCount of(double[] modularity, double[] gaps) {
    return new ClusterCount(modularity, gaps);
  }

  private static List<Integer> fineSizes(PoolOptions options, int most) {
    List<Integer> sizes = options.mergedCentres(most);
    return sizes.isEmpty() ? List.of(2 * most) : sizes;
  }

  private static void keepBest(CsrGraph graph, int[] labels, int k, double[] modularity) {
    int count = Labels.count(labels);
    if (count >= k) {
      int[] merged = LocalMoves.refine(graph, GreedyMerge.merge(graph, labels, count, k), k);
      modularity[k] = Math.max(modularity[k], Modularity.of(ClusterLinks.of(graph, merged, k)));
    }
  }

  private static double[] gaps(double[] eigenvalues, int most) {
    double[] gaps = new double[most + 1];
    Arrays.setAll(
        gaps,
        k -> k > 0 && k < eigenvalues.length ? eigenvalues[k - 1] - eigenvalues[k] : Double.NaN);
    return gaps;
  }

  private static double gain(double[] modularity, int k) {
    return (modularity[k] - modularity[k - 1]) * k * (k - 1);
  }

  /** Returns the elbow, or 0 where there is none. */
  private static int elbow(double[] modularity) {
    int elbow = 0;
    double largest = LEAST_DROP;
    double later = Double.NEGATIVE_INFINITY;
    for (int k = modularity.length - 1; k >= 2 && later <= MOST_AFTER; k--) {
      double gain = gain(modularity, k);
      if (k < modularity.length - 1 && gain - Math.max(later, 0) >= largest) {
        largest = gain - Math.max(later, 0);
        elbow = k;
      }
      later = Double.isFinite(gain) ? Math.max(later, gain) : later;
    }
    return elbow;
  }

  private static int guess(double[] modularity) {
    double top = Arrays.stream(modularity).max().orElseThrow();
    int k = 2;
    while (k < modularity.length - 1 && modularity[k] < NEAR_THE_TOP * top) {
      k++;
    }
    return k;
  }

  /** Returns the number of clusters that is suggested. */
  public int suggestion() {
    return suggestion;
  }

  /** Returns whether the curve has an elbow; without one the suggestion is a guess. */
  public boolean hasElbow() {
    return hasElbow;
  }

  /**
   * Returns the number of clusters, 2 or more, before the largest gap of the eigenvalues; 0: none.
   */
  public int largestGap() {
    int largest = 0;
    for (int k = 2; k < gaps.length; k++) {
      boolean larger = largest == 0 ? gaps[k] > 0 : gaps[k] > gaps[largest];
      largest = larger ? k : largest;
    }
    return largest;
  }

  /** Returns the curve, k ascending. */
  public List<Point> points() {
    List<Point> points = new ArrayList<>();
    for (int k = 2; k < modularity.length && Double.isFinite(modularity[k]); k++) {
      points.add(new Point(k, modularity[k], gain(modularity, k), gaps[k]));
    }
    return points;
  }

  /** Returns in one or two sentences what was found and how sure it is. */
  public String explanation() {
    int most = modularity.length - 1;
    String gap =
        largestGap() == 0
            ? "the eigenvalues show no gap"
            : "the largest gap of the eigenvalues is after %d".formatted(largestGap());
    if (hasElbow) {
      return "%d clusters: the modularity has its elbow there; %s".formatted(suggestion, gap);
    }
    String end =
        gain(modularity, most) > MOST_AFTER
            ? "; it still rises at %d, so try a larger spectral.most-clusters".formatted(most)
            : "";
    return String.format(
        Locale.ROOT,
        "%d clusters are a guess: the modularity has no elbow between 2 and %d%s; the guess is the smallest number within 1%% of the largest modularity, and %s. Choose --clusters yourself if you can",
        suggestion,
        most,
        end,
        gap);
  }
}
