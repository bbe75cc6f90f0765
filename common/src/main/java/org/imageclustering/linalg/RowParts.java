package org.imageclustering.linalg;

/**
 * A tall sparse matrix whose rows are cut into parts, and a part into blocks. In memory by default;
 * a cluster computes the parts' products elsewhere ({@link #product}) and sums them in the same
 * order, so that the bits are the same.
 */
public interface RowParts {
  /** The largest number of parts: each gives n x b numbers to a product of b vectors. */
  int MOST_PARTS = 32;

  /** A part has at least so many entries for each of its n x b numbers. */
  int ENTRIES_A_COLUMN = 16;

  /** Rows of {@code A^T A} that are summed at a time. */
  int GRAM_ROWS = 32;

  /** Entries of a block: its sums are single precision, those over blocks double. */
  int BLOCK_ENTRIES = 1 << 20;

  /** Returns the number n of columns. */
  int columns();

  /**
   * Returns {@code A^T A X}: the sum of the parts' products in their order.
   *
   * @param vectors the number b of vectors
   * @param x n x b, row-major; not modified
   * @return n x b, row-major
   */
  double[] gram(int vectors, float[] x);

  /**
   * Returns {@code A^T A} itself, from the diagonal on (zeros below it): the sum of the parts'
   * matrices in their order. For matrices of few columns: some {@code 8 n^2} bytes, where parts are
   * elsewhere as many for each of them.
   *
   * @return n x n, row-major
   */
  double[] upperGram();

  /**
   * Returns the number of parts, a function of the matrix alone: so that the order of the sums does
   * not depend on cores or executors.
   */
  static int count(long nonZeros, int columns) {
    long enough = nonZeros / ((long) ENTRIES_A_COLUMN * Math.max(1, columns));
    return (int) Math.max(1, Math.min(MOST_PARTS, enough));
  }

  /** Returns the sum over a part's blocks of {@code B^T B X}, n x b, in the blocks' order. */
  static double[] product(SparseRows[] part, int columns, int vectors, float[] x) {
    double[] total = new double[Math.multiplyExact(columns, vectors)];
    float[] sum = new float[total.length];
    for (SparseRows block : part) {
      java.util.Arrays.fill(sum, 0);
      block.addGram(vectors, x, sum);
      for (int i = 0; i < total.length; i++) {
        total[i] += sum[i];
      }
    }
    return total;
  }

  /**
   * Returns rows {@code from} to {@code until - 1} of a part's {@code A^T A}, from the diagonal on.
   *
   * @return (until - from) x n, row-major
   */
  static double[] upperGram(SparseRows[] part, int columns, int from, int until) {
    double[] sums = new double[Math.multiplyExact(until - from, columns)];
    for (SparseRows block : part) {
      block.addUpperGram(from, until, sums);
    }
    return sums;
  }

  /** Returns the sum of arrays of one length, in their order. */
  static double[] sum(double[][] products) {
    double[] total = products[0].clone();
    for (int part = 1; part < products.length; part++) {
      for (int i = 0; i < total.length; i++) {
        total[i] += products[part][i];
      }
    }
    return total;
  }

  /**
   * Returns the matrix on the cores of this machine. A product needs {@code 8 n b} bytes for each
   * part, at most an entry's own 8 bytes for 16 of them.
   */
  static RowParts inMemory(int columns, SparseRows[][] parts) {
    return new RowParts() {
      @Override
      public int columns() {
        return columns;
      }

      @Override
      public double[] gram(int vectors, float[] x) {
        double[][] products = new double[parts.length][];
        Parallel.forChunks(
            parts.length,
            1,
            (chunk, part, end) -> products[part] = product(parts[part], columns, vectors, x));
        return sum(products);
      }

      @Override
      public double[] upperGram() {
        double[] gram = new double[Math.multiplyExact(columns, columns)];
        Parallel.forChunks(
            columns,
            GRAM_ROWS,
            (chunk, from, until) -> {
              for (SparseRows[] part : parts) {
                double[] sums = RowParts.upperGram(part, columns, from, until);
                for (int i = 0; i < sums.length; i++) {
                  gram[from * columns + i] += sums[i];
                }
              }
            });
        return gram;
      }
    };
  }
}
