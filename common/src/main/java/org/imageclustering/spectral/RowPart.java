package org.imageclustering.spectral;

import java.util.Arrays;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Sgemm;

/**
 * Arithmetic on some consecutive rows of a block of vectors. The rows are cut as n alone tells, and
 * every machine computes the same bits of a part, so that sums over parts, in their order, do not
 * depend on where the parts lie. Single precision in tiles of rows, double between them.
 */
public final class RowPart {
  static final int TILE = 512;
  private static final int PARTS = 64;

  private RowPart() {}

  /** Returns how many rows a part has, the last perhaps fewer: whole tiles. */
  public static int rows(int n) {
    int tiles = Parallel.chunks(Parallel.chunks(n, PARTS), TILE);
    return Math.max(1, tiles) * TILE;
  }

  /**
   * Returns {@code X^T Y} over the rows {@code from <= r < until}, width x otherWidth, row-major.
   *
   * @param x row-major with so many columns; not modified
   * @param y row-major with so many columns; not modified
   */
  static double[] transposedTimes(
      float[] x, int width, float[] y, int otherWidth, int from, int until) {
    double[] sum = new double[width * otherWidth];
    float[] product = new float[width * otherWidth];
    for (int row = from; row < until; row += TILE) {
      int rows = Math.min(TILE, until - row);
      Sgemm.get()
          .transposedTimes(width, otherWidth, rows, x, row * width, y, row * otherWidth, product);
      for (int i = 0; i < product.length; i++) {
        sum[i] += product[i];
      }
    }
    return sum;
  }

  /** Adds a part's share to the total. */
  static void add(double[] total, double[] part) {
    for (int i = 0; i < total.length; i++) {
      total[i] += part[i];
    }
  }

  /**
   * Returns a part's share of the matrices of a Rayleigh-Ritz step.
   *
   * @param x the part's rows of X, row-major; not modified
   * @param image the part's rows of A X, row-major; not modified
   * @param width the number b of columns
   */
  public static Subspace.Projections projections(float[] x, float[] image, int width) {
    int rows = x.length / width;
    double[] projected = new double[width * width];
    for (int from = 0; from < width; from += Panel.WIDTH) {
      int panelWidth = Math.min(Panel.WIDTH, width - from);
      float[] panel = new float[rows * panelWidth];
      for (int r = 0; r < rows; r++) {
        System.arraycopy(image, r * width + from, panel, r * panelWidth, panelWidth);
      }
      double[] columns = transposedTimes(x, width, panel, panelWidth, 0, rows);
      putColumns(columns, projected, width, from, panelWidth);
    }
    return new Subspace.Projections(transposedTimes(x, width, x, width, 0, rows), projected);
  }

  /** Returns the sum of the parts' shares, added in their order, which is that of the rows. */
  public static Subspace.Projections sum(Iterable<Subspace.Projections> parts, int width) {
    double[] gram = new double[width * width];
    double[] projected = new double[width * width];
    for (Subspace.Projections part : parts) {
      add(gram, part.gram);
      add(projected, part.projected);
    }
    return new Subspace.Projections(gram, projected);
  }

  /** Returns {@code X U} for a part's rows. */
  public static float[] times(float[] x, int width, float[] rotation) {
    float[] product = new float[x.length];
    int rows = x.length / width;
    for (int row = 0; row < rows; row += TILE) {
      times(x, width, rotation, row, Math.min(rows, row + TILE), product);
    }
    return product;
  }

  /** Writes {@code X U} for the rows of one tile; the product may be X itself. */
  static void times(float[] x, int width, float[] rotation, int from, int until, float[] product) {
    int rows = until - from;
    float[] old = Arrays.copyOfRange(x, from * width, until * width);
    float[] tile = new float[rows * width];
    Sgemm.get().times(rows, width, width, old, rotation, tile);
    System.arraycopy(tile, 0, product, from * width, tile.length);
  }

  /** Copies a width x panelWidth matrix to some columns of a width x width one. */
  static void putColumns(double[] columns, double[] matrix, int width, int from, int panelWidth) {
    for (int i = 0; i < width; i++) {
      System.arraycopy(columns, i * panelWidth, matrix, i * width + from, panelWidth);
    }
  }
}
