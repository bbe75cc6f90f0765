package org.imageclustering.refine;

import java.io.Serializable;
import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.RowParts;
import org.imageclustering.linalg.SparseRows;
import org.imageclustering.spectral.ChebyshevOptions;
import org.imageclustering.spectral.ChebyshevSubspace;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.SymmetricOperator;

/**
 * Sparse rows as points: each row scaled to length 1, projected on the leading principal components
 * of a sample, every component scaled to unit deviation. {@code A^T A} is known by its products
 * alone, so rows may have any number of columns. Immutable; n x d numbers.
 */
public final class PrincipalComponents implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Residual relative to the largest variance: components of small variance may turn among each
   * other, which changes no distance once all have unit deviation. Exact ones take minutes where
   * there are thousands of columns, as the variances lie close to each other.
   */
  private static final double TOLERANCE = 1e-2;

  /** Vectors of the solver's block beyond the wanted ones, as a share of these. */
  private static final double GUARDS = 0.1;

  /** Variances below this share of the largest are noise of the floats. */
  private static final double VANISHED = 1e-6;

  /** n x d: the components divided by their deviations. */
  private final FloatMatrix axes;

  /** d: what the mean of the rows is on the axes. */
  private final float[] offset;

  /** Components that were saved; the arrays are not copied. */
  public PrincipalComponents(FloatMatrix axes, float[] offset) {
    this.axes = axes;
    this.offset = offset;
  }

  /**
   * Returns the components of a sample; fewer than asked for where the sample has no more. O(n (d +
   * 16)) memory beside the sample.
   *
   * @param unit rows of length 1 (or 0), at least 2 in all, in blocks
   * @param width n, the number of columns
   * @param most the largest number of components
   */
  public static PrincipalComponents fit(SparseRows[] unit, int width, int most, long seed) {
    int rows = Arrays.stream(unit).mapToInt(SparseRows::rows).sum();
    double[] mean = new double[width];
    for (SparseRows block : unit) {
      for (int e = 0; e < block.nonZeros(); e++) {
        mean[block.columns()[e]] += block.values()[e] / (double) rows;
      }
    }
    SparseRows[][] parts = new SparseRows[unit.length][];
    Arrays.setAll(parts, part -> new SparseRows[] {unit[part]});
    Covariance covariance = new Covariance(RowParts.inMemory(width, parts), mean, rows);
    int count = Math.min(most, Math.min(width, rows - 1));
    ChebyshevOptions defaults = ChebyshevOptions.defaults();
    ChebyshevSubspace solver =
        new ChebyshevSubspace(
            new ChebyshevOptions(TOLERANCE, GUARDS, defaults.maxDegree(), defaults.rounds()));
    return of(solver.largest(covariance, count, seed), mean);
  }

  private static PrincipalComponents of(EigenPairs pairs, double[] mean) {
    double least = VANISHED * pairs.values()[0];
    int kept =
        Math.max(1, (int) Arrays.stream(pairs.values()).filter(value -> value > least).count());
    FloatMatrix axes = FloatMatrix.zeros(mean.length, kept);
    double[] offset = new double[kept];
    for (int column = 0; column < mean.length; column++) {
      int from = pairs.vectors().offset(column);
      for (int j = 0; j < kept; j++) {
        double deviation = Math.sqrt(Math.max(pairs.values()[j], Float.MIN_NORMAL));
        float value = (float) (pairs.vectors().values()[from + j] / deviation);
        axes.values()[axes.offset(column) + j] = value;
        offset[j] += mean[column] * value;
      }
    }
    float[] floats = new float[kept];
    for (int j = 0; j < kept; j++) {
      floats[j] = (float) offset[j];
    }
    return new PrincipalComponents(axes, floats);
  }

  /**
   * Returns a row's point, d numbers.
   *
   * @param columns of the row's entries, ascending
   * @param values their values, of any length
   */
  public float[] point(int[] columns, float[] values) {
    double square = 0;
    for (float value : values) {
      square += (double) value * value;
    }
    double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    double[] sum = new double[offset.length];
    for (int e = 0; e < columns.length; e++) {
      double value = scale * values[e];
      int at = axes.offset(columns[e]);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += value * axes.values()[at + j];
      }
    }
    float[] point = new float[sum.length];
    for (int j = 0; j < point.length; j++) {
      point[j] = (float) (sum[j] - offset[j]);
    }
    return point;
  }

  /**
   * Gives points' components the deviations back that they were scaled by.
   *
   * @param points s x d, as {@link #point} gives them
   */
  void unscaleInPlace(FloatMatrix points) {
    double[] squares = new double[points.columns()];
    for (int i = 0; i < axes.values().length; i++) {
      squares[i % squares.length] += (double) axes.values()[i] * axes.values()[i];
    }
    for (int i = 0; i < points.values().length; i++) {
      points.values()[i] /= (float) Math.sqrt(squares[i % squares.length]);
    }
  }

  /** Returns values scaled to length 1, or zeros. */
  public static float[] unit(float[] values) {
    double square = 0;
    for (float value : values) {
      square += (double) value * value;
    }
    float[] unit = new float[values.length];
    double scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (int e = 0; e < values.length; e++) {
      unit[e] = (float) (scale * values[e]);
    }
    return unit;
  }

  /** Returns the components divided by their deviations, n x d, not a copy. */
  public FloatMatrix axes() {
    return axes;
  }

  /** Returns the mean row on the axes, d numbers, not a copy. */
  public float[] offset() {
    return offset;
  }

  /** {@code A^T A / m - mean mean^T}. */
  private static final class Covariance implements SymmetricOperator {
    private final RowParts matrix;
    private final double[] mean;
    private final int rows;

    Covariance(RowParts matrix, double[] mean, int rows) {
      this.matrix = matrix;
      this.mean = mean;
      this.rows = rows;
    }

    @Override
    public int dimension() {
      return mean.length;
    }

    @Override
    public void multiply(int width, float[] x, float[] y) {
      double[] product = matrix.gram(width, x);
      double[] onMean = new double[width];
      for (int i = 0; i < mean.length; i++) {
        for (int c = 0; c < width; c++) {
          onMean[c] += mean[i] * x[i * width + c];
        }
      }
      for (int i = 0; i < mean.length; i++) {
        for (int c = 0; c < width; c++) {
          y[i * width + c] = (float) (product[i * width + c] / rows - mean[i] * onMean[c]);
        }
      }
    }
  }
}
