package org.imageclustering.report;

import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;

/**
 * Points in the plane that keep their neighbours: t-SNE (van der Maaten and Hinton 2008), exact.
 * For looking at: distances between groups mean nothing.
 *
 * <p>The start is the principal plane, so there is no randomness. Gains and momentum (0.5, then
 * 0.8) are the paper's, the early exaggeration of 12 is van der Maaten's of 2014, the learning rate
 * n / 12 is of Belkina et al. 2019. O(n²) memory (8 bytes a pair) and O(n²) time an iteration: for
 * some thousand points. The result does not depend on the number of cores.
 */
public final class NeighbourMap {
  private static final int ITERATIONS = 400;
  private static final int EXAGGERATED = 100;
  private static final float EXAGGERATION = 12;
  private static final double START_DEVIATION = 1e-2;
  private static final double MINIMUM_RATE = 50;
  private static final int CHUNK = 64;

  private final int n;
  private final float[] affinities;
  private final float[] y;
  private final float[] gradient;
  private final float[] repulsion;
  private final float[] velocity;
  private final float[] gains;

  private NeighbourMap(float[] affinities, float[] start) {
    this.n = start.length / 2;
    this.affinities = affinities;
    this.y = start;
    this.gradient = new float[2 * n];
    this.repulsion = new float[2 * n];
    this.velocity = new float[2 * n];
    this.gains = new float[2 * n];
    Arrays.fill(gains, 1);
  }

  /**
   * Returns the places of the points.
   *
   * @param points n x d, finite; not modified
   * @return n x 2
   */
  public static FloatMatrix of(FloatMatrix points) {
    PairDistances distances = PairDistances.of(points);
    float[] plane = distances.principalPlane(START_DEVIATION);
    if (points.rows() > 4) {
      new NeighbourMap(distances.affinities(), plane).descend();
    }
    return new FloatMatrix(points.rows(), 2, plane);
  }

  private void descend() {
    double rate = Math.max(MINIMUM_RATE, n / (double) EXAGGERATION);
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      boolean early = iteration < EXAGGERATED;
      computeGradient(early ? EXAGGERATION : 1);
      step((float) rate, early ? 0.5f : 0.8f);
    }
  }

  /** dC/dy_i = 4 sum_j (p_ij - q_ij) (y_i - y_j) / (1 + |y_i - y_j|²) (Eq. 5). */
  private void computeGradient(float exaggeration) {
    double[] sums = new double[Parallel.chunks(n, CHUNK)];
    Parallel.forChunks(
        n,
        CHUNK,
        (chunk, from, until) -> {
          for (int i = from; i < until; i++) {
            sums[chunk] += forces(i);
          }
        });
    float z = (float) Math.max(Arrays.stream(sums).sum(), Float.MIN_NORMAL);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = 4 * (exaggeration * gradient[i] - repulsion[i] / z);
    }
  }

  /** Leaves attraction and unscaled repulsion of a point, and returns its part of Z. */
  private double forces(int i) {
    float xi = y[2 * i];
    float yi = y[2 * i + 1];
    float attractX = 0;
    float attractY = 0;
    float repelX = 0;
    float repelY = 0;
    float z = 0;
    for (int j = 0; j < n; j++) {
      float dx = xi - y[2 * j];
      float dy = yi - y[2 * j + 1];
      float q = 1 / (1 + dx * dx + dy * dy);
      float pq = affinities[i * n + j] * q;
      float qq = q * q;
      attractX += pq * dx;
      attractY += pq * dy;
      repelX += qq * dx;
      repelY += qq * dy;
      z += q;
    }
    gradient[2 * i] = attractX;
    gradient[2 * i + 1] = attractY;
    repulsion[2 * i] = repelX;
    repulsion[2 * i + 1] = repelY;
    return z - 1;
  }

  private void step(float rate, float momentum) {
    for (int i = 0; i < y.length; i++) {
      boolean turned = gradient[i] * velocity[i] > 0;
      gains[i] = turned ? Math.max(0.01f, gains[i] * 0.8f) : gains[i] + 0.2f;
      velocity[i] = momentum * velocity[i] - rate * gains[i] * gradient[i];
      y[i] += velocity[i];
    }
  }
}
