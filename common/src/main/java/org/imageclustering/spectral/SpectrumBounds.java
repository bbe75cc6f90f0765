package org.imageclustering.spectral;

/**
 * Estimated bounds of a symmetric matrix's spectrum, from some Lanczos steps on one vector: the
 * extreme Ritz values, moved outwards by the largest residual of any of them (Zhou and Li 2011).
 * Too narrow a bound is worse than a wide one: a filter magnifies what lies outside.
 *
 * @param low close to or below the smallest eigenvalue
 * @param high close to or above the largest
 * @param norm of the matrix, estimated from below
 */
record SpectrumBounds(double low, double high, double norm) {
  private static final int STEPS = 32;

  /** Relative length below which the next vector is rounding: the Krylov space is exhausted. */
  private static final double EXHAUSTED = 1e-5;

  /** Returns the bounds after 32 steps, or fewer for smaller matrices; three vectors of memory. */
  static SpectrumBounds of(SymmetricOperator matrix, long seed) {
    int n = matrix.dimension();
    Block start = new Block(n, 1);
    start.randomise(0, seed);
    int steps = Math.min(STEPS, n);
    double[] alpha = new double[steps];
    double[] beta = new double[steps];
    int done = recur(matrix, start.values(), alpha, beta);
    return ofTridiagonal(done, alpha, beta);
  }

  /** Fills the tridiagonal matrix, and returns its size: the steps until the vector vanished. */
  private static int recur(
      SymmetricOperator matrix, float[] vector, double[] alpha, double[] beta) {
    int n = vector.length;
    float[] previous = new float[n];
    float[] product = new float[n];
    double largest = 0;
    scaleInPlace(vector, 1 / Math.sqrt(dot(vector, vector)));
    for (int step = 0; step < alpha.length; step++) {
      matrix.multiply(1, vector, product);
      alpha[step] = dot(vector, product);
      double back = step == 0 ? 0 : beta[step - 1];
      for (int i = 0; i < n; i++) {
        product[i] = (float) (product[i] - alpha[step] * vector[i] - back * previous[i]);
      }
      beta[step] = Math.sqrt(dot(product, product));
      largest = Math.max(largest, Math.max(Math.abs(alpha[step]), beta[step]));
      if (beta[step] <= EXHAUSTED * largest) {
        return step + 1;
      }
      scaleInPlace(product, 1 / beta[step]);
      float[] free = previous;
      previous = vector;
      vector = product;
      product = free;
    }
    return alpha.length;
  }

  private static SpectrumBounds ofTridiagonal(int size, double[] alpha, double[] beta) {
    double[] matrix = new double[size * size];
    for (int i = 0; i < size; i++) {
      matrix[i * size + i] = alpha[i];
      if (i + 1 < size) {
        matrix[i * size + i + 1] = beta[i];
        matrix[(i + 1) * size + i] = beta[i];
      }
    }
    SmallEigen ritz = new SmallEigen(size, matrix, size);
    double below = 0;
    for (double[] vector : ritz.vectors) {
      below = Math.max(below, beta[size - 1] * Math.abs(vector[size - 1]));
    }
    double above = beta[size - 1] * Math.abs(ritz.vectors[0][size - 1]);
    double margin = 1e-3 * (ritz.values[0] - ritz.values[size - 1]) + 1e-6;
    double norm = Math.max(Math.abs(ritz.values[0]), Math.abs(ritz.values[size - 1]));
    return new SpectrumBounds(
        ritz.values[size - 1] - below - margin, ritz.values[0] + above + margin, norm);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static void scaleInPlace(float[] vector, double factor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (factor * vector[i]);
    }
  }
}
