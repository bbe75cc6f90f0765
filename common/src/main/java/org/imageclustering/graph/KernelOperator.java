package org.imageclustering.graph;

import java.util.Arrays;
import org.imageclustering.spectral.SymmetricOperator;

/**
 * The normalised affinity {@code D^-1/2 W D^-1/2 = I - L_sym} of a fully connected graph as an
 * operator. Its degrees cost one pass over all n^2 entries, and so does every product; the entries
 * are computed each time and never stored.
 */
public final class KernelOperator implements SymmetricOperator {
  private final KernelProducts products;
  private final double[] degrees;

  /** Computes the degrees. */
  public KernelOperator(KernelProducts products) {
    this.products = products;
    float[] ones = new float[products.kernel().dimension()];
    Arrays.fill(ones, 1f);
    this.degrees = products.ofAll(1, ones);
  }

  /** Returns the n sums of the affinity's rows, at least 1 each, not a copy. */
  public double[] degrees() {
    return degrees;
  }

  @Override
  public int dimension() {
    return degrees.length;
  }

  @Override
  public void multiply(int width, float[] x, float[] y) {
    double[] product = products.ofAll(width, scaled(width, x));
    for (int i = 0; i < degrees.length; i++) {
      double scale = 1 / Math.sqrt(degrees[i]);
      for (int c = 0; c < width; c++) {
        y[i * width + c] = (float) (scale * product[i * width + c]);
      }
    }
  }

  @Override
  public void multiplyRows(int[] rows, int width, float[] x, float[] y) {
    double[] product = products.ofRows(rows, width, scaled(width, x));
    for (int r = 0; r < rows.length; r++) {
      double scale = 1 / Math.sqrt(degrees[rows[r]]);
      for (int c = 0; c < width; c++) {
        y[r * width + c] = (float) (scale * product[r * width + c]);
      }
    }
  }

  private float[] scaled(int width, float[] x) {
    float[] scaled = new float[degrees.length * width];
    for (int i = 0; i < degrees.length; i++) {
      double scale = 1 / Math.sqrt(degrees[i]);
      for (int c = 0; c < width; c++) {
        scaled[i * width + c] = (float) (scale * x[i * width + c]);
      }
    }
    return scaled;
  }
}
