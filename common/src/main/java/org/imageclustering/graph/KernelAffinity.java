package org.imageclustering.graph;

import java.io.Serializable;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Sgemm;
import org.imageclustering.spectral.SymmetricEntries;

/**
 * The affinity matrix of a fully connected graph, {@code w_ij = exp(-|x_i - x_j|^2 s_i s_j)}
 * (SA-Net Table 1, fully connected matrix). Never stored: whoever needs entries has them computed,
 * a tile at a time, by one matrix product. Every node is joined with itself by 1.
 *
 * <p>Squared distances are differences of single-precision products: their error is about {@code
 * 1e-7 |x|^2}. Memory: the points and two numbers a point.
 */
public final class KernelAffinity implements SymmetricEntries, Serializable {
  private static final long serialVersionUID = 1L;

  /** Rows and columns that a product is cut into; the result does not depend on who computes it. */
  static final int TILE = 1024;

  private static final int MOST_PARTS = 64;

  private final FloatMatrix points;
  private final float[] squaredNorms;
  private final float[] scales;
  private final boolean positiveSemidefinite;

  private KernelAffinity(FloatMatrix points, float[] scales, boolean positiveSemidefinite) {
    this.points = points;
    this.scales = scales;
    this.positiveSemidefinite = positiveSemidefinite;
    this.squaredNorms = new float[points.rows()];
    for (int i = 0; i < squaredNorms.length; i++) {
      squaredNorms[i] = (float) Distances.squaredNorm(points, i);
    }
  }

  /**
   * Returns the Gaussian kernel {@code exp(-d^2 / (2 sigma^2))} (SA-Net, section 3.1).
   *
   * @param points n x d; not modified, and shared
   * @param sigma above 0
   */
  public static KernelAffinity gaussian(FloatMatrix points, double sigma) {
    float[] scales = new float[points.rows()];
    java.util.Arrays.fill(scales, (float) (Math.sqrt(0.5) / sigma));
    return new KernelAffinity(points, scales, true);
  }

  /**
   * Returns the self-tuning kernel {@code exp(-d^2 / (sigma_i sigma_j))} with {@code sigma_i} the
   * distance of point i to its 7th neighbour (Zelnik-Manor and Perona 2004). Where that is smaller
   * than a hundredth of the typical one, as for a point with seven near copies, it is a hundredth.
   *
   * @param points n x d; not modified, and shared
   * @param near the points' neighbours among themselves, 7 or more of each where there are
   */
  public static KernelAffinity selfTuning(FloatMatrix points, Neighbours near) {
    float[] sigma = EdgeWeights.scales(near);
    double least = EdgeWeights.typicalDistance(near) / 100;
    for (int i = 0; i < sigma.length; i++) {
      sigma[i] = (float) (1 / Math.max(least, sigma[i]));
    }
    return new KernelAffinity(points, sigma, false);
  }

  @Override
  public int dimension() {
    return points.rows();
  }

  @Override
  public KernelAffinity restrictedTo(int[] nodes) {
    float[] some = new float[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      some[i] = scales[nodes[i]];
    }
    return new KernelAffinity(points.select(nodes), some, positiveSemidefinite);
  }

  /** Returns the points, n x d, not a copy. */
  public FloatMatrix points() {
    return points;
  }

  /** Returns whether the matrix is known to have no negative eigenvalue. */
  public boolean isPositiveSemidefinite() {
    return positiveSemidefinite;
  }

  @Override
  public void tile(int from, int until, int[] columns, float[] tile) {
    int width = columns.length;
    FloatMatrix chosen = points.select(columns);
    Sgemm.get()
        .timesTransposed(
            until - from,
            width,
            points.columns(),
            points.values(),
            points.offset(from),
            chosen.values(),
            0,
            tile);
    for (int i = from; i < until; i++) {
      int at = (i - from) * width;
      for (int c = 0; c < width; c++) {
        int j = columns[c];
        float square = squaredNorms[i] + squaredNorms[j] - 2 * tile[at + c];
        tile[at + c] = i == j ? 1f : FastExp.of(Math.min(0f, -square) * scales[i] * scales[j]);
      }
    }
  }

  /**
   * Returns the number of parts that the columns are cut into for {@link #partialProduct}: at most
   * 64, a function of n alone.
   */
  public int parts() {
    return (dimension() + partLength() - 1) / partLength();
  }

  private int partLength() {
    int enough = (dimension() + MOST_PARTS - 1) / MOST_PARTS;
    return Math.max(1, (enough + TILE - 1) / TILE) * TILE;
  }

  /**
   * Returns {@code sum_j w_ij x_j} over the columns j of one part, for some rows i: {@code
   * rows.length x width}, row-major. The sum over the parts in their order is the product W X.
   *
   * @param x n x width, row-major; not modified
   */
  public double[] partialProduct(int part, int[] rows, int width, float[] x) {
    double[] sum = new double[rows.length * width];
    float[] tile = new float[TILE * rows.length];
    float[] product = new float[rows.length * width];
    int end = Math.min(dimension(), (part + 1) * partLength());
    for (int from = part * partLength(); from < end; from += TILE) {
      int until = Math.min(end, from + TILE);
      tile(from, until, rows, tile);
      Sgemm.get()
          .transposedTimes(rows.length, width, until - from, tile, 0, x, from * width, product);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += product[i];
      }
    }
    return sum;
  }
}
