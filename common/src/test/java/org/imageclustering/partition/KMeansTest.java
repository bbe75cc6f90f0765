package org.imageclustering.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.imageclustering.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;

final class KMeansTest {
  private static final long SEED = Long.getLong("test.seed", 20261121L);

  @Test
  void separatedBlobsAreFound() {
    FloatMatrix points = blobs(5, 200, 7, 20, 1);
    KMeansResult result = KMeans.fit(points, new KMeans.Options(5, 100, 3, SEED));
    for (int i = 0; i < points.rows(); i++) {
      assertThat(result.assignment()[i])
          .as("point %s, seed %s", i, SEED)
          .isEqualTo(result.assignment()[i % 5]);
    }
    assertThat(IntStream.range(0, 5).map(i -> result.assignment()[i]).distinct().count())
        .isEqualTo(5);
  }

  @Test
  void centresAreMeansAndCostIsTheirs() {
    FloatMatrix points = blobs(6, 100, 11, 2, 1);
    KMeansResult result = KMeans.fit(points, new KMeans.Options(8, 300, 1, SEED));
    double cost = 0;
    double[][] means = new double[8][11];
    int[] sizes = new int[8];
    for (int i = 0; i < points.rows(); i++) {
      int cluster = result.assignment()[i];
      assertThat(cluster).as("seed %s", SEED).isEqualTo(nearest(points.row(i), result.centres()));
      cost += distance(points.row(i), result.centres().row(cluster));
      sizes[cluster]++;
      for (int j = 0; j < 11; j++) {
        means[cluster][j] += points.row(i)[j];
      }
    }
    assertThat(result.cost()).isCloseTo(cost, within(1e-9 * cost));
    for (int c = 0; c < 8; c++) {
      for (int j = 0; j < 11; j++) {
        assertThat((double) result.centres().row(c)[j])
            .isCloseTo(means[c][j] / sizes[c], within(0.05));
      }
    }
  }

  @Test
  void moreRestartsNeverCostMore() {
    FloatMatrix points = blobs(12, 40, 3, 3, 1);
    double one = KMeans.fit(points, new KMeans.Options(12, 100, 1, SEED)).cost();
    double ten = KMeans.fit(points, new KMeans.Options(12, 100, 10, SEED)).cost();
    assertThat(ten).isLessThanOrEqualTo(one);
  }

  @Test
  void resultDoesNotDependOnTheNumberOfCores() {
    FloatMatrix points = blobs(9, 1500, 13, 1, 1);
    for (int clusters : new int[] {10, 300}) {
      KMeans.Options options = new KMeans.Options(clusters, 10, 2, SEED);
      KMeansResult one = inPool(1, points, options);
      KMeansResult three = inPool(3, points, options);
      assertThat(three.assignment()).isEqualTo(one.assignment());
      assertThat(three.centres().values()).isEqualTo(one.centres().values());
      assertThat(three.cost()).isEqualTo(one.cost());
    }
  }

  @Test
  void assignmentDoesNotDependOnTheBatch() {
    FloatMatrix points = blobs(3, 211, 5, 1, 1);
    FloatMatrix centres = KMeans.fit(points, new KMeans.Options(17, 20, 1, SEED)).centres();
    int[] all = KMeans.assign(points, centres);
    for (int i = 0; i < points.rows(); i += 7) {
      int[] alone = KMeans.assign(points.select(new int[] {i}), centres);
      assertThat(alone[0]).isEqualTo(all[i]);
    }
  }

  @Test
  void noClusterIsEmptyWhileDistinctPointsSuffice() {
    float[] values = new float[1000];
    Arrays.fill(values, 0, 990, 1f);
    for (int i = 990; i < 1000; i++) {
      values[i] = i;
    }
    KMeansResult result =
        KMeans.fit(new FloatMatrix(1000, 1, values), new KMeans.Options(11, 100, 1, SEED));
    assertThat(Arrays.stream(result.assignment()).distinct().count()).isEqualTo(11);
    assertThat(result.cost()).isZero();
  }

  @Test
  void fewerDistinctPointsThanClustersAreSurvived() {
    FloatMatrix points = new FloatMatrix(6, 2, new float[] {1, 2, 1, 2, 1, 2, 5, 5, 5, 5, 5, 5});
    KMeansResult result = KMeans.fit(points, new KMeans.Options(4, 10, 2, SEED));
    assertThat(result.cost()).isZero();
    assertThat(Arrays.stream(result.assignment()).distinct().count()).isEqualTo(2);
  }

  @Test
  void asManyClustersAsPointsCostNothing() {
    FloatMatrix points = blobs(1, 9, 4, 1, 1);
    assertThat(KMeans.fit(points, new KMeans.Options(9, 50, 1, SEED)).cost())
        .isCloseTo(0, within(1e-6));
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThatThrownBy(() -> new KMeans.Options(0, 1, 1, 0))
        .hasMessage("Cannot run k-means: found clusters = 0, expected at least 1");
    assertThatThrownBy(() -> new KMeans.Options(1, 0, 1, 0)).hasMessageContaining("iterations");
    assertThatThrownBy(() -> new KMeans.Options(1, 1, 0, 0)).hasMessageContaining("restarts");
    assertThatThrownBy(() -> KMeans.fit(FloatMatrix.zeros(2, 2), new KMeans.Options(3, 1, 1, SEED)))
        .hasMessageContaining("found 2 points");
  }

  private static KMeansResult inPool(int cores, FloatMatrix points, KMeans.Options options) {
    ForkJoinPool pool = new ForkJoinPool(cores);
    try {
      return pool.submit(() -> KMeans.fit(points, options)).join();
    } finally {
      pool.shutdown();
    }
  }

  /** Points i, i + blobs, i + 2 blobs ... belong to blob i. */
  private static FloatMatrix blobs(int blobs, int each, int d, double spread, double deviation) {
    Random random = new Random(SEED);
    double[] centres = random.doubles((long) blobs * d, -spread, spread).toArray();
    float[] values = new float[blobs * each * d];
    for (int i = 0; i < values.length; i++) {
      int centre = (i / d) % blobs * d + i % d;
      values[i] = (float) (centres[centre] + deviation * random.nextGaussian());
    }
    return new FloatMatrix(blobs * each, d, values);
  }

  private static int nearest(float[] point, FloatMatrix centres) {
    int best = 0;
    for (int c = 1; c < centres.rows(); c++) {
      best = distance(point, centres.row(c)) < distance(point, centres.row(best)) ? c : best;
    }
    return best;
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (double) (a[j] - b[j]) * (a[j] - b[j]);
    }
    return sum;
  }
}
