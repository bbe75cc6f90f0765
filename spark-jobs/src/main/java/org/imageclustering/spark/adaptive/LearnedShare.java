package org.imageclustering.spark.adaptive;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.training.ClustersById;
import org.imageclustering.spark.training.CodeBlock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much of the first clusters the head has learned, whatever it calls them; needs no labels. */
final class LearnedShare {
  private static final Logger LOG = LoggerFactory.getLogger(LearnedShare.class);

  /** Below it the head is too narrow, or was too short at them. */
  private static final double LEAST = 0.8;

  private LearnedShare() {}

  /** Records the share after the last epoch with the first clusters, and warns where it is low. */
  static void measure(
      Broadcast<ClustersById> first, JavaRDD<CodeBlock> now, int clusters, StageStore stages) {
    double share = of(first, now, clusters);
    stages.measure(AdaptiveTraining.STAGE, "learned share of the first clusters", share);
    if (share < LEAST) {
      LOG.warn(
          "The head has learned {} % of the first clusters: raise dac.first-epochs or training.epoch-images, widen dac.maps, or take those clusters themselves (cluster spectral)",
          Math.round(100 * share));
    }
  }

  /**
   * Returns the share of the images in that cluster of the head which most of their first cluster
   * are in, 0 to 1. {@code K²} counts reach the driver.
   *
   * @param now with the head's clusters
   */
  static double of(Broadcast<ClustersById> first, JavaRDD<CodeBlock> now, int clusters) {
    long[] counts =
        now.map(block -> counts(first.value().of(block.ids()), block.clusters(), clusters))
            .reduce(LearnedShare::sumInPlace);
    long agreeing = 0;
    long all = 0;
    for (int cluster = 0; cluster < clusters; cluster++) {
      long most = 0;
      for (int other = 0; other < clusters; other++) {
        long both = counts[cluster * clusters + other];
        most = Math.max(most, both);
        all += both;
      }
      agreeing += most;
    }
    return agreeing / (double) all;
  }

  private static long[] counts(int[] first, int[] now, int clusters) {
    long[] counts = new long[clusters * clusters];
    for (int i = 0; i < first.length; i++) {
      counts[first[i] * clusters + now[i]]++;
    }
    return counts;
  }

  private static long[] sumInPlace(long[] sum, long[] other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other[i];
    }
    return sum;
  }
}
