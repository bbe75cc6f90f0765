package org.imageclustering.coclustering;

import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.RowParts;
import org.imageclustering.linalg.Sgemm;
import org.imageclustering.spectral.SymmetricOperator;

/**
 * From {@code B = D1^-1/2 A} to {@code A_n^T A_n = D2^-1/2 B^T B D2^-1/2} (Algorithm 1, steps 2 and
 * 3). What belongs to a row is known when the row is read, and the columns' sums follow from B:
 * {@code D2 1 = A^T 1 = B^T B 1}. Where A has at most {@value #FEW_COLUMNS} columns, {@code B^T B}
 * is made once; otherwise only its products are.
 */
public final class BipartiteScaling {
  /** The most columns of a Gram matrix that is kept: 8 MB. */
  static final int FEW_COLUMNS = 1024;

  private final RowParts matrix;
  private final double[] columnSums;

  /** D2^-1/2, 0 for an empty column. */
  private final double[] scale;

  /** B^T B from the diagonal on, or null where there are many columns. */
  private final double[] gram;

  /**
   * Sums the columns, in one product.
   *
   * @param matrix B: rows of A, each with an entry above 0, as {@link #row} scales them
   */
  public BipartiteScaling(RowParts matrix) {
    this.matrix = matrix;
    int n = matrix.columns();
    this.gram = n <= FEW_COLUMNS ? matrix.upperGram() : null;
    this.columnSums = gram == null ? matrix.gram(1, ones(n)) : rowSums(n);
    this.scale = Arrays.stream(columnSums).map(sum -> sum > 0 ? 1 / Math.sqrt(sum) : 0).toArray();
  }

  private static float[] ones(int n) {
    float[] ones = new float[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  private double[] rowSums(int n) {
    double[] sums = new double[n];
    for (int i = 0; i < n; i++) {
      sums[i] += gram[i * n + i];
      for (int j = i + 1; j < n; j++) {
        sums[i] += gram[i * n + j];
        sums[j] += gram[i * n + j];
      }
    }
    return sums;
  }

  /**
   * Returns a row of A divided by the root of its sum.
   *
   * @param values at least 0; not modified
   */
  public static float[] row(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    float[] scaled = new float[values.length];
    for (int e = 0; e < values.length; e++) {
      scaled[e] = (float) (values[e] / Math.sqrt(sum));
    }
    return scaled;
  }

  /** Returns the sums of A's n columns, 0 for an empty one; the array itself. */
  public double[] columnSums() {
    return columnSums;
  }

  /** Returns {@code A_n^T A_n}, n x n: its eigenvalues are A_n's squared singular values. */
  public SymmetricOperator operator() {
    return gram == null ? new Products() : new Kept();
  }

  /** By products with B: nothing of size n x n. */
  private final class Products implements SymmetricOperator {
    @Override
    public int dimension() {
      return matrix.columns();
    }

    @Override
    public void multiply(int width, float[] x, float[] y) {
      float[] scaled = new float[x.length];
      for (int i = 0; i < x.length; i++) {
        scaled[i] = (float) (x[i] * scale[i / width]);
      }
      double[] product = matrix.gram(width, scaled);
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) (product[i] * scale[i / width]);
      }
    }
  }

  /** By the matrix, which has been made. */
  private final class Kept implements SymmetricOperator {
    private final FloatMatrix scaled;

    Kept() {
      int n = matrix.columns();
      this.scaled = FloatMatrix.zeros(n, n);
      for (int i = 0; i < n; i++) {
        for (int j = i; j < n; j++) {
          float entry = (float) (gram[i * n + j] * scale[i] * scale[j]);
          scaled.values()[i * n + j] = entry;
          scaled.values()[j * n + i] = entry;
        }
      }
    }

    @Override
    public int dimension() {
      return scaled.rows();
    }

    @Override
    public void multiply(int width, float[] x, float[] y) {
      Sgemm.get().times(dimension(), width, dimension(), scaled.values(), x, y);
    }
  }
}
