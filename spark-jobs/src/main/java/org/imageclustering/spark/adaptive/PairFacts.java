package org.imageclustering.spark.adaptive;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.api.java.JavaRDD;
import org.imageclustering.spark.training.CodeBlock;

/**
 * What one pass over the outputs says of an epoch: sizes of clusters, who moved, and the pairs that
 * the thresholds select among images that come one after another, {@value #PAIRED} at a time.
 */
final class PairFacts implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int PAIRED = 128;

  private final long[] sizes;
  private long moved;
  private long count;
  private double confidence;
  private long positives;
  private long negatives;
  private long pairs;
  private double loss;

  private PairFacts(int clusters) {
    this.sizes = new long[clusters];
  }

  /**
   * Returns the facts.
   *
   * @param before with the clusters before; the same blocks in the same order
   * @param after with the softmax as codes and the clusters now
   */
  static PairFacts of(
      JavaRDD<CodeBlock> before, JavaRDD<CodeBlock> after, int clusters, PairLoss loss) {
    return before
        .zip(after)
        .map(pair -> new PairFacts(clusters).addInPlace(pair._1(), pair._2(), loss))
        .reduce(PairFacts::mergeInPlace);
  }

  private PairFacts addInPlace(CodeBlock before, CodeBlock after, PairLoss by) {
    int n = after.clusters().length;
    double[][] softmax = new double[n][sizes.length];
    for (int i = 0; i < n; i++) {
      int cluster = after.clusters()[i];
      sizes[cluster]++;
      moved += before.clusters()[i] == cluster ? 0 : 1;
      confidence += after.codes()[i * sizes.length + cluster];
      for (int c = 0; c < sizes.length; c++) {
        softmax[i][c] = after.codes()[i * sizes.length + c];
      }
    }
    count += n;
    for (int from = 0; from < n; from += PAIRED) {
      PairLoss.Sums sums = by.of(Arrays.copyOfRange(softmax, from, Math.min(n, from + PAIRED)));
      positives += sums.positives;
      negatives += sums.negatives;
      pairs += sums.pairs;
      loss += sums.loss;
    }
    return this;
  }

  private PairFacts mergeInPlace(PairFacts other) {
    for (int c = 0; c < sizes.length; c++) {
      sizes[c] += other.sizes[c];
    }
    moved += other.moved;
    count += other.count;
    confidence += other.confidence;
    positives += other.positives;
    negatives += other.negatives;
    pairs += other.pairs;
    loss += other.loss;
    return this;
  }

  /** Returns the share of the images in another cluster than before. */
  double changed() {
    return moved / (double) count;
  }

  /** Returns the mean of the softmax's largest value. */
  double confidence() {
    return confidence / count;
  }

  /** Returns the share of the pairs that are positive. */
  double positives() {
    return positives / (double) Math.max(1, pairs);
  }

  /** Returns the share of the pairs that are negative. */
  double negatives() {
    return negatives / (double) Math.max(1, pairs);
  }

  /** Returns the mean loss of a selected pair; 0 where none is. */
  double pairLoss() {
    return loss / Math.max(1, positives + negatives);
  }

  /** Returns the sizes of the clusters, ascending. */
  long[] sizes() {
    return Arrays.stream(sizes).sorted().toArray();
  }

  /** Returns the share of the images in the largest cluster. */
  double largestShare() {
    return Arrays.stream(sizes).max().orElse(0) / (double) count;
  }
}
