package org.imageclustering.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.imageclustering.linalg.Parallel;

/**
 * Products of rows of a kernel's affinity matrix with a block of vectors. In memory by default; a
 * cluster computes the parts elsewhere ({@link KernelAffinity#partialProduct}) and sums them in the
 * same order, so that the bits are the same.
 */
public interface KernelProducts {
  /** Returns the matrix. */
  KernelAffinity kernel();

  /**
   * Returns {@code sum_j w_ij x_j} for some rows i, {@code rows.length x width}, row-major: the sum
   * of the parts in their order.
   *
   * @param rows in any order; not modified
   * @param x n x width, row-major; not modified
   */
  double[] ofRows(int[] rows, int width, float[] x);

  /** Returns {@code W X}, n x width, row-major; O(n^2 (d + width)) time. */
  double[] ofAll(int width, float[] x);

  /** Returns the products on the cores of this machine. */
  static KernelProducts inMemory(KernelAffinity kernel) {
    return new KernelProducts() {
      @Override
      public KernelAffinity kernel() {
        return kernel;
      }

      @Override
      public double[] ofRows(int[] rows, int width, float[] x) {
        double[][] parts = new double[kernel.parts()][];
        Parallel.forChunks(
            parts.length,
            1,
            (chunk, part, end) -> parts[part] = kernel.partialProduct(part, rows, width, x));
        return sum(parts);
      }

      @Override
      public double[] ofAll(int width, float[] x) {
        int n = kernel.dimension();
        double[] all = new double[Math.multiplyExact(n, width)];
        Parallel.forChunks(
            n,
            ROWS,
            (chunk, from, until) -> {
              double[] some = rows(kernel, from, until, width, x);
              System.arraycopy(some, 0, all, from * width, some.length);
            });
        return all;
      }
    };
  }

  /** Rows of a whole product that one task or core computes at a time. */
  int ROWS = 256;

  /** Returns the rows {@code from <= i < until} of W X, by one thread, the parts in their order. */
  static double[] rows(KernelAffinity kernel, int from, int until, int width, float[] x) {
    int[] rows = IntStream.range(from, until).toArray();
    double[] total = kernel.partialProduct(0, rows, width, x);
    for (int part = 1; part < kernel.parts(); part++) {
      double[] next = kernel.partialProduct(part, rows, width, x);
      for (int i = 0; i < total.length; i++) {
        total[i] += next[i];
      }
    }
    return total;
  }

  /** Returns the sum of arrays of one length, in their order. */
  static double[] sum(double[][] parts) {
    double[] total = Arrays.copyOf(parts[0], parts[0].length);
    for (int part = 1; part < parts.length; part++) {
      for (int i = 0; i < total.length; i++) {
        total[i] += parts[part][i];
      }
    }
    return total;
  }
}
