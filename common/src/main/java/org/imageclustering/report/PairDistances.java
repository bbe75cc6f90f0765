package org.imageclustering.report;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Sgemm;

/** All squared distances of some points, and what t-SNE begins with. */
final class PairDistances {
  private static final double PERPLEXITY = 30;
  private static final int BISECTIONS = 50;
  private static final int POWER_ITERATIONS = 60;
  private static final int CHUNK = 64;

  private final int n;
  private final float[] squares;

  private PairDistances(int n, float[] squares) {
    this.n = n;
    this.squares = squares;
  }

  static PairDistances of(FloatMatrix points) {
    int n = points.rows();
    int d = points.columns();
    float[] values = points.values();
    float[] squares = new float[Math.multiplyExact(n, n)];
    Sgemm.get().timesTransposed(n, n, d, values, 0, values, 0, squares);
    float[] norms = new float[n];
    for (int i = 0; i < n; i++) {
      norms[i] = squares[i * n + i];
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        int at = i * n + j;
        squares[at] = i == j ? 0 : Math.max(0, norms[i] + norms[j] - 2 * squares[at]);
      }
    }
    return new PairDistances(n, squares);
  }

  /**
   * Returns the symmetric affinities p_ij = (p_j|i + p_i|j) / 2n with a perplexity of 30, fewer for
   * few points (van der Maaten and Hinton 2008, Eq. 1 and section 3.1).
   */
  float[] affinities() {
    float[] conditional = new float[n * n];
    double wanted = Math.log(Math.min(PERPLEXITY, (n - 1) / 3.0));
    Parallel.forChunks(
        n,
        CHUNK,
        (chunk, from, until) -> {
          for (int i = from; i < until; i++) {
            fillRow(i, wanted, conditional);
          }
        });
    float[] joint = new float[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        joint[i * n + j] = (conditional[i * n + j] + conditional[j * n + i]) / (2 * n);
      }
    }
    return joint;
  }

  /**
   * Returns the points' places in the plane of their two largest principal components (classical
   * scaling: B = -1/2 J D J), scaled to this deviation along the first; n x 2.
   */
  float[] principalPlane(double deviation) {
    double[] first = component(null);
    double[] second = component(first);
    double scale = deviation / Math.max(Double.MIN_NORMAL, deviationOf(first));
    float[] plane = new float[2 * n];
    for (int i = 0; i < n; i++) {
      plane[2 * i] = (float) (scale * first[i]);
      plane[2 * i + 1] = (float) (scale * second[i]);
    }
    return plane;
  }

  /** Bisects the precision until the entropy of row i is the wanted one. */
  private void fillRow(int i, double wanted, float[] conditional) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      nearest = j == i ? nearest : Math.min(nearest, squares[i * n + j]);
    }
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double precision = 1;
    for (int round = 0; round < BISECTIONS; round++) {
      double entropy = weigh(i, precision, nearest, conditional);
      if (entropy > wanted) {
        low = precision;
        precision = Double.isInfinite(high) ? 2 * precision : (low + high) / 2;
      } else {
        high = precision;
        precision = (low + high) / 2;
      }
    }
  }

  /** Writes p_j|i of one row and returns their entropy in nats. */
  private double weigh(int i, double precision, double nearest, float[] conditional) {
    double sum = 0;
    double weighted = 0;
    for (int j = 0; j < n; j++) {
      double distance = squares[i * n + j] - nearest;
      double weight = j == i ? 0 : Math.exp(-precision * distance);
      conditional[i * n + j] = (float) weight;
      sum += weight;
      weighted += j == i ? 0 : distance * weight;
    }
    for (int j = 0; j < n; j++) {
      conditional[i * n + j] /= (float) sum;
    }
    return Math.log(sum) + precision * weighted / sum;
  }

  /** The largest eigenvector of B orthogonal to another, times the root of its eigenvalue. */
  private double[] component(double[] other) {
    SplittableRandom random = new SplittableRandom(1);
    double[] v = new double[n];
    Arrays.setAll(v, i -> random.nextDouble() - 0.5);
    double eigenvalue = 0;
    for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
      removeInPlace(v, other);
      scaleInPlace(v, 1);
      v = timesCentred(v);
      eigenvalue = norm(v);
    }
    removeInPlace(v, other);
    scaleInPlace(v, Math.sqrt(eigenvalue));
    return v;
  }

  private double[] timesCentred(double[] v) {
    double[] centred = v.clone();
    centreInPlace(centred);
    double[] product = new double[n];
    Parallel.forChunks(
        n,
        CHUNK,
        (chunk, from, until) -> {
          for (int i = from; i < until; i++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
              sum += squares[i * n + j] * centred[j];
            }
            product[i] = -sum / 2;
          }
        });
    centreInPlace(product);
    return product;
  }

  private static void centreInPlace(double[] v) {
    double mean = Arrays.stream(v).average().orElse(0);
    for (int i = 0; i < v.length; i++) {
      v[i] -= mean;
    }
  }

  private static void removeInPlace(double[] v, double[] other) {
    if (other == null) {
      return;
    }
    double dot = 0;
    double square = Double.MIN_NORMAL;
    for (int i = 0; i < v.length; i++) {
      dot += v[i] * other[i];
      square += other[i] * other[i];
    }
    for (int i = 0; i < v.length; i++) {
      v[i] -= dot / square * other[i];
    }
  }

  private static void scaleInPlace(double[] v, double length) {
    double norm = Math.max(Double.MIN_NORMAL, norm(v));
    for (int i = 0; i < v.length; i++) {
      v[i] *= length / norm;
    }
  }

  private static double norm(double[] v) {
    double sum = 0;
    for (double entry : v) {
      sum += entry * entry;
    }
    return Math.sqrt(sum);
  }

  private static double deviationOf(double[] v) {
    return norm(v) / Math.sqrt(Math.max(1, v.length));
  }
}
