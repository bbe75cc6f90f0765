package org.imageclustering.spectral;

import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;

/**
 * The exact solver: writes the matrix out and decomposes it in double precision by LAPACK's dsyevr.
 * O(n^2) memory and O(n^3) time, for small matrices and as the twin that {@link ChebyshevSubspace}
 * is compared with.
 */
public final class DenseEigenSolver implements EigenSolver {
  private static final int PANEL = 64;
  private static final int LARGEST = 20_000;

  @Override
  public EigenPairs largest(SymmetricOperator matrix, int count, long seed) {
    Requests.check(matrix, count);
    int n = matrix.dimension();
    if (n > LARGEST) {
      throw new UserException(
          "Cannot compute "
              + count
              + " eigenvectors exactly: found "
              + n
              + " nodes, expected at most "
              + LARGEST
              + " (or at most a sixth as many vectors as nodes)");
    }
    SmallEigen eigen = new SmallEigen(n, writtenOut(matrix), count);
    Block block = new Block(n, count);
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < n; i++) {
        block.values()[i * count + j] = (float) eigen.vectors[j][i];
      }
    }
    FloatMatrix columns = new FloatMatrix(n, count, block.values());
    Signs.fixInPlace(columns);
    double[] residuals = Residuals.of(matrix, eigen.values, block, new Panel(n), new Panel(n));
    return new EigenPairs(eigen.values, columns, residuals);
  }

  /** Returns the n x n matrix, as its products with the unit vectors, a panel at a time. */
  private static double[] writtenOut(SymmetricOperator matrix) {
    int n = matrix.dimension();
    double[] entries = new double[Math.multiplyExact(n, n)];
    for (int from = 0; from < n; from += PANEL) {
      int width = Math.min(PANEL, n - from);
      float[] unit = new float[n * width];
      float[] product = new float[n * width];
      for (int c = 0; c < width; c++) {
        unit[(from + c) * width + c] = 1f;
      }
      matrix.multiply(width, unit, product);
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < width; c++) {
          entries[(from + c) * n + i] = product[i * width + c];
        }
      }
    }
    return entries;
  }
}
