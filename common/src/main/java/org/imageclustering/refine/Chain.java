package org.imageclustering.refine;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The classifier of one cluster, grown over the subsets (Algorithm 2, lines 4 to 12). */
public final class Chain {
  private final TrainingSet rows;
  private final Growth growth;
  private final ClassifierEngine engine;

  /**
   * Chains on a training set.
   *
   * @param growth with resolved numbers
   */
  public Chain(TrainingSet rows, Growth growth, ClassifierEngine engine) {
    this.rows = rows;
    this.growth = growth;
    this.engine = engine;
  }

  /**
   * Returns the classifier of a cluster.
   *
   * @param cluster has rows
   */
  public LinearClassifier run(int cluster) {
    LinearClassifier classifier = first(cluster);
    int[][] subsets = new int[growth.subsets()][];
    Arrays.setAll(subsets, k -> rows.subset(k, growth.subsets()));
    for (int positives = growth.least(); positives <= growth.most(); positives += growth.step()) {
      for (int[] subset : subsets) {
        boolean[] positive = nearest(classifier, subset, positives);
        classifier = engine.train(subset, positive, classifier);
      }
    }
    return classifier;
  }

  /** The confident rows of the cluster against those of the others (line 5). */
  private LinearClassifier first(int cluster) {
    int[][] confident = new int[rows.clusters()][];
    Arrays.setAll(confident, c -> rows.mostConfident(c, growth.least()));
    int[] all = Arrays.stream(confident).flatMapToInt(Arrays::stream).toArray();
    boolean[] positive = new boolean[all.length];
    int from = Arrays.stream(confident, 0, cluster).mapToInt(some -> some.length).sum();
    Arrays.fill(positive, from, from + confident[cluster].length, true);
    return engine.train(all, positive, null);
  }

  /** Returns which rows of a subset lie farthest on the positive side; ties by the row's number. */
  private boolean[] nearest(LinearClassifier classifier, int[] subset, int count) {
    double[] distances = new double[subset.length];
    for (int i = 0; i < subset.length; i++) {
      distances[i] = classifier.distance(rows.points().values(), rows.points().offset(subset[i]));
    }
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double bound = sorted[sorted.length - count];
    boolean[] positive = new boolean[subset.length];
    int left = count;
    for (int i = 0; i < subset.length; i++) {
      positive[i] = distances[i] > bound;
      left -= positive[i] ? 1 : 0;
    }
    int[] ties =
        IntStream.range(0, subset.length)
            .filter(i -> distances[i] == bound)
            .boxed()
            .sorted((a, b) -> Integer.compare(subset[a], subset[b]))
            .limit(left)
            .mapToInt(i -> i)
            .toArray();
    for (int i : ties) {
      positive[i] = true;
    }
    return positive;
  }
}
