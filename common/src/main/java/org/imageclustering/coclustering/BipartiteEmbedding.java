package org.imageclustering.coclustering;

import java.io.Serializable;
import java.util.Arrays;
import org.imageclustering.UserException;
import org.imageclustering.coclustering.CoclusteringOptions.Variant;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.ChebyshevOptions;
import org.imageclustering.spectral.ChebyshevSubspace;
import org.imageclustering.spectral.EigenPairs;

/**
 * Rows and columns of a non-negative matrix A as points of one space, by the largest singular
 * triples of {@code A_n = D1^-1/2 A D2^-1/2} (Algorithm 1, steps 2 to 4). The right vectors Y are
 * the eigenvectors of {@code A_n^T A_n}; the left ones follow from them, {@code Z = A_n Y S^-1}
 * (Eq. 1), so that a row becomes a point by itself, a new one as well as one that was fitted.
 * Immutable; n x l numbers.
 */
public final class BipartiteEmbedding implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Tighter than the solver's default: Z is divided by the singular values. */
  private static final double TOLERANCE = 1e-5;

  /** Squared singular values below this are noise of the floats; the largest is 1. */
  private static final double VANISHED = 1e-5;

  private final Variant variant;

  /** n x l: D2^-1/2 Y S^-1. */
  private final FloatMatrix basis;

  /** n x l: the columns' points; zeros for empty columns. */
  private final FloatMatrix columnPoints;

  private final float[] singularValues;

  private BipartiteEmbedding(
      Variant variant, FloatMatrix basis, FloatMatrix columnPoints, float[] singularValues) {
    this.variant = variant;
    this.basis = basis;
    this.columnPoints = columnPoints;
    this.singularValues = singularValues;
  }

  /** An embedding that was saved; the arrays are not copied. */
  public static BipartiteEmbedding of(
      Variant variant, FloatMatrix basis, FloatMatrix columnPoints, float[] singularValues) {
    return new BipartiteEmbedding(variant, basis, columnPoints, singularValues);
  }

  /**
   * Returns the embedding. The driver holds some n x 2 (l + 16) floats.
   *
   * @param scaling of A without its empty rows
   * @param rows the number of rows that are not empty
   * @throws UserException if A_n has fewer than two singular values above zero, so that all rows
   *     are in proportion
   */
  public static BipartiteEmbedding fit(
      BipartiteScaling scaling, long rows, CoclusteringOptions options) {
    double[] columnSums = scaling.columnSums();
    int filled = (int) Arrays.stream(columnSums).filter(sum -> sum > 0).count();
    int count =
        (int) Math.min(options.variant().vectors(options.clusters()), Math.min(filled, rows));
    ChebyshevOptions defaults = ChebyshevOptions.defaults();
    ChebyshevSubspace solver =
        new ChebyshevSubspace(
            new ChebyshevOptions(
                TOLERANCE, defaults.guardShare(), defaults.maxDegree(), defaults.rounds()));
    EigenPairs pairs = solver.largest(scaling.operator(), count, options.seed());
    int kept = (int) Arrays.stream(pairs.values()).filter(value -> value > VANISHED).count();
    if (kept < 2) {
      throw new UserException(
          "Cannot co-cluster: found rows that are all in proportion to each other, expected at"
              + " least two kinds");
    }
    return of(pairs, kept, columnSums, options.variant());
  }

  private static BipartiteEmbedding of(
      EigenPairs pairs, int kept, double[] columnSums, Variant variant) {
    int from = variant.leftOut();
    int width = kept - from;
    int n = columnSums.length;
    FloatMatrix basis = FloatMatrix.zeros(n, width);
    FloatMatrix points = FloatMatrix.zeros(n, width);
    float[] singular = new float[kept];
    for (int j = 0; j < kept; j++) {
      singular[j] = (float) Math.sqrt(pairs.values()[j]);
    }
    for (int column = 0; column < n; column++) {
      if (columnSums[column] > 0) {
        double scale = 1 / Math.sqrt(columnSums[column]);
        double[] y = new double[width];
        for (int j = 0; j < width; j++) {
          y[j] = pairs.vectors().values()[pairs.vectors().offset(column) + from + j];
          basis.values()[basis.offset(column) + j] = (float) (scale * y[j] / singular[from + j]);
        }
        writePoint(variant, y, scale, points, column);
      }
    }
    return new BipartiteEmbedding(variant, basis, points, singular);
  }

  private static void writePoint(
      Variant variant, double[] vector, double dhillon, FloatMatrix to, int row) {
    double scale = variant == Variant.DHILLON ? dhillon : 1 / norm(vector);
    for (int j = 0; j < vector.length; j++) {
      to.values()[to.offset(row) + j] = Double.isFinite(scale) ? (float) (scale * vector[j]) : 0;
    }
  }

  private static double norm(double[] vector) {
    double square = 0;
    for (double value : vector) {
      square += value * value;
    }
    return Math.sqrt(square);
  }

  /**
   * Returns a row's point: its row of Z, scaled to length 1 (paper) or by the root of the row's sum
   * (Dhillon). A row without an entry in any column that was fitted is the origin.
   *
   * @param columns of the row's entries, ascending
   * @param values their values, at least 0
   */
  public float[] point(int[] columns, float[] values) {
    int width = basis.columns();
    double[] z = new double[width];
    double sum = 0;
    for (int e = 0; e < columns.length; e++) {
      sum += values[e];
      int at = basis.offset(columns[e]);
      for (int j = 0; j < width; j++) {
        z[j] += (double) values[e] * basis.values()[at + j];
      }
    }
    FloatMatrix point = FloatMatrix.zeros(1, width);
    if (sum > 0) {
      // z is A_n's row times the root of the row's sum: Dhillon's scale is one over the sum.
      writePoint(variant, z, 1 / sum, point, 0);
    }
    return point.values();
  }

  /** Returns which scaling is used. */
  public Variant variant() {
    return variant;
  }

  /** Returns D2^-1/2 Y S^-1, n x l, not a copy. */
  public FloatMatrix basis() {
    return basis;
  }

  /** Returns the columns' points, n x l, not a copy; an empty column is the origin. */
  public FloatMatrix columnPoints() {
    return columnPoints;
  }

  /** Returns the singular values that were found, descending, the first included, not a copy. */
  public float[] singularValues() {
    return singularValues;
  }
}
