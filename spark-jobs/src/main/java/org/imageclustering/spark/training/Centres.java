package org.imageclustering.spark.training;

import java.io.Serializable;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Centres of clusters in the space of codes: their update (AEC, Eq. 6) and who is nearest (Eq. 5).
 */
final class Centres {
  private Centres() {}

  /**
   * Returns the means of the clusters; a cluster without members keeps its centre.
   *
   * @param before K x d
   */
  static float[][] means(JavaRDD<CodeBlock> codes, float[][] before) {
    int k = before.length;
    int d = before[0].length;
    Sums sums = codes.map(block -> new Sums(k, d).addInPlace(block)).reduce(Sums::mergeInPlace);
    float[][] means = new float[k][];
    for (int c = 0; c < k; c++) {
      means[c] = before[c].clone();
      for (int i = 0; i < d && sums.counts[c] > 0; i++) {
        means[c][i] = (float) (sums.values[c * d + i] / sums.counts[c]);
      }
    }
    return means;
  }

  /**
   * Returns the codes with the cluster of the nearest centre each, the lower one on a tie. Lazy.
   *
   * @param sent what the codes that are returned read, for as long as they are read
   */
  static JavaRDD<CodeBlock> assign(Sent sent, JavaRDD<CodeBlock> codes, float[][] centres) {
    Broadcast<float[][]> shared = sent.send(centres);
    return codes.map(block -> block.with(nearest(block.codes(), shared.value())));
  }

  /** Returns the number of the nearest centre of each of n codes, n x d. */
  static int[] nearest(float[] codes, float[][] centres) {
    int d = centres[0].length;
    int[] nearest = new int[codes.length / d];
    for (int i = 0; i < nearest.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centres.length; c++) {
        double distance = squaredDistance(codes, i * d, centres[c]);
        if (distance < least) {
          least = distance;
          nearest[i] = c;
        }
      }
    }
    return nearest;
  }

  static double squaredDistance(float[] codes, int offset, float[] centre) {
    double sum = 0;
    for (int i = 0; i < centre.length; i++) {
      double difference = (double) codes[offset + i] - centre[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Sums of codes by cluster. */
  private static final class Sums implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int length;
    private final long[] counts;
    private final double[] values;

    Sums(int clusters, int length) {
      this.length = length;
      this.counts = new long[clusters];
      this.values = new double[clusters * length];
    }

    Sums addInPlace(CodeBlock block) {
      for (int i = 0; i < block.clusters().length; i++) {
        int cluster = block.clusters()[i];
        if (cluster >= 0) {
          counts[cluster]++;
          for (int j = 0; j < length; j++) {
            values[cluster * length + j] += block.codes()[i * length + j];
          }
        }
      }
      return this;
    }

    Sums mergeInPlace(Sums other) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += other.counts[i];
      }
      for (int i = 0; i < values.length; i++) {
        values[i] += other.values[i];
      }
      return this;
    }
  }
}
