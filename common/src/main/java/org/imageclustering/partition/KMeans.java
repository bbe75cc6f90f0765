package org.imageclustering.partition;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;

/**
 * Lloyd's k-means: the centres that (locally) minimise {@code sum_i |x_i - c_a(i)|^2}. Distances
 * come from one matrix product a block of points. For the cores of one machine; the result depends
 * on the points and the seed, not on the number of cores.
 */
public final class KMeans {
  private static final double CONVERGED = 1e-6;
  private static final int CLUSTERS_PER_CHUNK = 4;
  private static final int CHUNK = 8192;

  private final FloatMatrix points;
  private final Options options;
  private final float[] norms;
  private final int[] assignment;
  private final float[] distances;

  private KMeans(FloatMatrix points, Options options) {
    this.points = points;
    this.options = options;
    this.norms = NearestCentres.squaredNorms(points);
    this.assignment = new int[points.rows()];
    this.distances = new float[points.rows()];
  }

  /**
   * What k-means is told.
   *
   * @param clusters K, at least 1
   * @param iterations the most that a start may take, at least 1; a start ends earlier when the
   *     cost falls by less than one millionth
   * @param restarts the number of starts, at least 1; the one of least cost is kept
   * @param seed of the random starts
   */
  public record Options(int clusters, int iterations, int restarts, long seed) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range; the message names it
     */
    public Options {
      atLeastOne("clusters", clusters);
      atLeastOne("iterations", iterations);
      atLeastOne("restarts", restarts);
    }

    private static void atLeastOne(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            "Cannot run k-means: found " + name + " = " + value + ", expected at least 1");
      }
    }
  }

  /**
   * Returns the partition of least cost over the restarts. A cluster that runs empty moves to the
   * point farthest from its centre; with fewer distinct points than clusters some stay empty, their
   * centres equal to another's. O(n K d) time an iteration, O(n) memory beside the points.
   *
   * @param points n x d, n at least {@code options.clusters()}; not modified
   * @throws IllegalArgumentException if there are fewer points than clusters
   */
  public static KMeansResult fit(FloatMatrix points, Options options) {
    if (points.rows() < options.clusters()) {
      throw new IllegalArgumentException(
          "Cannot run k-means: found "
              + points.rows()
              + " points, expected at least the number of clusters, "
              + options.clusters());
    }
    SplittableRandom random = new SplittableRandom(options.seed());
    KMeans kMeans = new KMeans(points, options);
    KMeansResult best = kMeans.start(random.split());
    for (int restart = 1; restart < options.restarts(); restart++) {
      KMeansResult next = kMeans.start(random.split());
      best = next.cost() < best.cost() ? next : best;
    }
    return best;
  }

  /**
   * Returns the number of each point's nearest centre, the lower one on a tie. It does not depend
   * on which other points are assigned in the same call.
   *
   * @param points n x d; not modified
   * @param centres K x d, K at least 1; not modified
   */
  public static int[] assign(FloatMatrix points, FloatMatrix centres) {
    int[] nearest = new int[points.rows()];
    new NearestCentres(centres)
        .find(points, NearestCentres.squaredNorms(points), nearest, new float[points.rows()]);
    return nearest;
  }

  private KMeansResult start(SplittableRandom random) {
    FloatMatrix centres = KMeansSeeding.centres(points, options.clusters(), random);
    double cost = assignTo(centres);
    for (int iteration = 0; iteration < options.iterations(); iteration++) {
      int[] sizes = refillEmptyClusters();
      centres = means(sizes, centres);
      double before = cost;
      cost = assignTo(centres);
      if (before - cost <= CONVERGED * before) {
        break;
      }
    }
    if (hasEmptyCluster()) {
      centres = means(refillEmptyClusters(), centres);
      assignTo(centres);
    }
    return new KMeansResult(centres, assignment.clone(), exactCost(centres));
  }

  private double assignTo(FloatMatrix centres) {
    new NearestCentres(centres).find(points, norms, assignment, distances);
    double cost = 0;
    for (float distance : distances) {
      cost += distance;
    }
    return cost;
  }

  /** Moves the farthest points into the clusters that have none, and returns the sizes. */
  private int[] refillEmptyClusters() {
    int[] sizes = new int[options.clusters()];
    for (int cluster : assignment) {
      sizes[cluster]++;
    }
    for (int cluster = 0; cluster < sizes.length; cluster++) {
      if (sizes[cluster] == 0) {
        int farthest = farthest(sizes);
        if (distances[farthest] > 0 && sizes[assignment[farthest]] > 1) {
          sizes[assignment[farthest]]--;
          sizes[cluster]++;
          assignment[farthest] = cluster;
          distances[farthest] = 0;
        }
      }
    }
    return sizes;
  }

  private boolean hasEmptyCluster() {
    return Arrays.stream(assignment).distinct().count() < options.clusters();
  }

  /** Returns the point farthest from its centre among those that are not alone in their cluster. */
  private int farthest(int[] sizes) {
    int farthest = 0;
    for (int i = 1; i < distances.length; i++) {
      boolean isFarther = distances[i] > distances[farthest] || sizes[assignment[farthest]] < 2;
      farthest = isFarther && sizes[assignment[i]] > 1 ? i : farthest;
    }
    return farthest;
  }

  /** Returns the clusters' means, summed in the points' order; an empty cluster's centre stays. */
  private FloatMatrix means(int[] sizes, FloatMatrix centres) {
    int[] ends = new int[sizes.length];
    int[] members = membersByCluster(sizes, ends);
    FloatMatrix means = FloatMatrix.zeros(centres.rows(), centres.columns());
    Parallel.forChunks(
        sizes.length,
        CLUSTERS_PER_CHUNK,
        (chunk, from, until) -> {
          for (int c = from; c < until; c++) {
            if (sizes[c] == 0) {
              System.arraycopy(
                  centres.values(),
                  centres.offset(c),
                  means.values(),
                  means.offset(c),
                  means.columns());
            } else {
              writeMean(members, ends[c] - sizes[c], ends[c], means, c);
            }
          }
        });
    return means;
  }

  private int[] membersByCluster(int[] sizes, int[] ends) {
    for (int c = 1; c < sizes.length; c++) {
      ends[c] = ends[c - 1] + sizes[c - 1];
    }
    int[] members = new int[assignment.length];
    for (int i = 0; i < assignment.length; i++) {
      members[ends[assignment[i]]++] = i;
    }
    return members;
  }

  private void writeMean(int[] members, int from, int until, FloatMatrix means, int cluster) {
    int d = points.columns();
    double[] sum = new double[d];
    for (int m = from; m < until; m++) {
      int offset = points.offset(members[m]);
      for (int j = 0; j < d; j++) {
        sum[j] += points.values()[offset + j];
      }
    }
    for (int j = 0; j < d; j++) {
      means.values()[means.offset(cluster) + j] = (float) (sum[j] / (until - from));
    }
  }

  private double exactCost(FloatMatrix centres) {
    double[] costs = new double[Parallel.chunks(points.rows(), CHUNK)];
    Parallel.forChunks(
        points.rows(),
        CHUNK,
        (chunk, from, until) -> {
          for (int i = from; i < until; i++) {
            costs[chunk] += squaredDistance(i, centres, assignment[i]);
          }
        });
    double cost = 0;
    for (double part : costs) {
      cost += part;
    }
    return cost;
  }

  private double squaredDistance(int point, FloatMatrix centres, int centre) {
    double sum = 0;
    for (int j = 0; j < points.columns(); j++) {
      double difference =
          (double) points.values()[points.offset(point) + j]
              - centres.values()[centres.offset(centre) + j];
      sum += difference * difference;
    }
    return sum;
  }
}
