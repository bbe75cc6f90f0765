package org.imageclustering.spark.training;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;

/** What one pass over the codes says of an epoch: their moments, sizes of clusters, who moved. */
final class EpochFacts implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Moments moments;
  private final long[] sizes;
  private long moved;
  private double cost;
  private long count;

  private EpochFacts(int length, int clusters) {
    this.moments = new Moments(length);
    this.sizes = new long[clusters];
  }

  /**
   * Returns the facts of codes.
   *
   * @param before with the clusters before; the same blocks in the same order
   * @param after with the clusters now
   */
  static EpochFacts of(JavaRDD<CodeBlock> before, JavaRDD<CodeBlock> after, float[][] centres) {
    int k = centres.length;
    int d = centres[0].length;
    return before
        .zip(after)
        .map(pair -> new EpochFacts(d, k).addInPlace(pair._1(), pair._2(), centres))
        .reduce(EpochFacts::mergeInPlace);
  }

  private EpochFacts addInPlace(CodeBlock before, CodeBlock after, float[][] centres) {
    moments.addInPlace(after.codes());
    int d = centres[0].length;
    for (int i = 0; i < after.clusters().length; i++) {
      int cluster = after.clusters()[i];
      sizes[cluster]++;
      moved += before.clusters()[i] == cluster ? 0 : 1;
      cost += Centres.squaredDistance(after.codes(), i * d, centres[cluster]);
      count++;
    }
    return this;
  }

  private EpochFacts mergeInPlace(EpochFacts other) {
    moments.mergeInPlace(other.moments);
    for (int c = 0; c < sizes.length; c++) {
      sizes[c] += other.sizes[c];
    }
    moved += other.moved;
    cost += other.cost;
    count += other.count;
    return this;
  }

  void write(LearningCurve.Epoch epoch) {
    epoch.spread = moments.spread();
    epoch.changed = moved / (double) count;
    epoch.distance = cost / count;
    epoch.smallest = java.util.Arrays.stream(sizes).min().orElse(0);
    epoch.largest = java.util.Arrays.stream(sizes).max().orElse(0);
  }
}
