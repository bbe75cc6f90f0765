package org.imageclustering.spark.baseline;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.imageclustering.UserException;
import scala.Tuple2;

/**
 * Initial centres by k-means++ (Arthur and Vassilvitskii 2007) on a sample that the seed and the
 * ids decide: each next centre is drawn with a probability proportional to its squared distance
 * from the nearest centre so far. At most {@code max(2000, 20 k)} vectors reach the driver.
 */
final class InitialCentres {
  private static final int LEAST = 2000;
  private static final int FOR_EACH_CLUSTER = 20;

  private final double[][] sample;
  private final KMeansOptions options;

  private InitialCentres(double[][] sample, KMeansOptions options) {
    this.sample = sample;
    this.options = options;
  }

  /** Takes the vectors whose mixed ids are the least. */
  static InitialCentres draw(JavaPairRDD<Long, Vector> points, KMeansOptions options, double grid) {
    int size = Math.max(LEAST, FOR_EACH_CLUSTER * options.clusters());
    List<Tuple2<Long, Vector>> drawn = points.takeOrdered(size, new ByMixedId(options.seed()));
    double[][] sample =
        drawn.stream()
            .map(pair -> KMeansClustering.onGrid(pair._2(), grid).toArray())
            .toArray(double[][]::new);
    return new InitialCentres(sample, options);
  }

  /**
   * Returns the centres of one start.
   *
   * @throws UserException if the sample has fewer distinct vectors than clusters
   */
  Vector[] of(int restart) {
    SplittableRandom random = new SplittableRandom(mix(options.seed()) + restart);
    double[] distances = new double[sample.length];
    java.util.Arrays.fill(distances, Double.POSITIVE_INFINITY);
    Vector[] centres = new Vector[options.clusters()];
    int chosen = random.nextInt(sample.length);
    for (int i = 0; i < centres.length; i++) {
      centres[i] = Vectors.dense(sample[chosen].clone());
      double total = updateInPlace(distances, sample[chosen]);
      if (i + 1 < centres.length) {
        chosen = drawProportionally(distances, total, i + 1, random);
      }
    }
    return centres;
  }

  private double updateInPlace(double[] distances, double[] centre) {
    double total = 0;
    for (int i = 0; i < distances.length; i++) {
      distances[i] = Math.min(distances[i], squaredDistance(sample[i], centre));
      total += distances[i];
    }
    return total;
  }

  private int drawProportionally(
      double[] weights, double total, int found, SplittableRandom random) {
    if (total == 0) {
      throw new UserException(
          "Cannot make %d clusters: found %d distinct vectors, expected at least as many as clusters"
              .formatted(options.clusters(), found));
    }
    double left = random.nextDouble() * total;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }

  static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** The finalizer of MurmurHash3: every bit of the argument reaches every bit of the result. */
  static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  private static final class ByMixedId implements Comparator<Tuple2<Long, Vector>>, Serializable {
    private static final long serialVersionUID = 1L;
    private final long salt;

    ByMixedId(long seed) {
      this.salt = mix(seed + 0x9e3779b97f4a7c15L);
    }

    @Override
    public int compare(Tuple2<Long, Vector> a, Tuple2<Long, Vector> b) {
      return Long.compare(mix(a._1() ^ salt), mix(b._1() ^ salt));
    }
  }
}
