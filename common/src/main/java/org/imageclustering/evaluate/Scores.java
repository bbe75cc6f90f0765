package org.imageclustering.evaluate;

/**
 * How well clusters agree with labels. Every score ignores the names of clusters and classes. NaN
 * where a score is not defined (no images; no pair of images for the F-score).
 *
 * @param acc accuracy, in [0, 1]: the share of images that agree under the best one-to-one matching
 *     of clusters and classes, rectangular where their numbers differ
 * @param nmi mutual information over the arithmetic mean of the entropies, in [0, 1]
 * @param nmiMax mutual information over the larger entropy, in [0, 1]; the figure of AEC
 * @param nmiSqrt mutual information over the geometric mean of the entropies (Strehl and Ghosh
 *     2002), in [0, 1]; the figure of DCAE
 * @param ari adjusted Rand index, in [-0.5, 1]
 * @param fscore pairwise F-score, in [0, 1]
 * @param purity share of images that bear the most frequent label of their cluster, in [0, 1];
 *     grows with the number of clusters
 */
public record Scores(
    double acc,
    double nmi,
    double nmiMax,
    double nmiSqrt,
    double ari,
    double fscore,
    double purity) {

  /** Returns the scores of a table; {@code O(K C)} besides the matching. */
  public static Scores of(ContingencyTable table, Matching matching) {
    double images = table.images();
    if (images == 0) {
      double none = Double.NaN;
      return new Scores(none, none, none, none, none, none, none);
    }
    double shared = mutualInformation(table);
    double clusters = entropy(table.clusterSizes(), images);
    double classes = entropy(table.classSizes(), images);
    boolean oneOfEach = table.clusters().length == 1 && table.classes().size() == 1;
    PairCounts pairs = PairCounts.of(table);
    return new Scores(
        matching.agreeing() / images,
        oneOfEach ? 1 : normalized(shared, (clusters + classes) / 2),
        oneOfEach ? 1 : normalized(shared, Math.max(clusters, classes)),
        oneOfEach ? 1 : normalized(shared, Math.sqrt(clusters * classes)),
        pairs.adjustedRandIndex(),
        pairs.fscore(),
        mostFrequent(table) / images);
  }

  /** Returns the scores of a table under its best matching. */
  public static Scores of(ContingencyTable table) {
    return of(table, Matching.of(table));
  }

  /** I(clusters; classes) = sum n_ij / n log(n n_ij / (a_i b_j)), in nats, never below 0. */
  private static double mutualInformation(ContingencyTable table) {
    double n = table.images();
    long[] a = table.clusterSizes();
    long[] b = table.classSizes();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < b.length; j++) {
        long count = table.count(i, j);
        if (count > 0) {
          sum += count / n * (Math.log(count / n) - Math.log(a[i] / n) - Math.log(b[j] / n));
        }
      }
    }
    return Math.max(0, sum);
  }

  private static double entropy(long[] sizes, double n) {
    double sum = 0;
    for (long size : sizes) {
      sum -= size / n * Math.log(size / n);
    }
    return sum;
  }

  /** Returns the ratio; nothing shared is 0, and rounding neither passes 1 nor makes something. */
  private static double normalized(double shared, double mean) {
    return shared <= Math.ulp(1.0) ? 0 : Math.min(1, shared / mean);
  }

  private static long mostFrequent(ContingencyTable table) {
    long sum = 0;
    for (int row = 0; row < table.clusters().length; row++) {
      sum += table.count(row, Matching.mostFrequentClass(table, row));
    }
    return sum;
  }
}
