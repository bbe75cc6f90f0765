package org.imageclustering.spectral;

import java.io.Serializable;

/**
 * The Chebyshev polynomial of the first kind T_m that is at most 1 in absolute value on the
 * unwanted part {@code [low, cut]} of the spectrum and grows fastest of all polynomials above it
 * (Zhou, Saad, Tiago and Chelikowsky 2006).
 *
 * @param low a lower bound of all eigenvalues
 * @param cut where the wanted eigenvalues begin; above {@code low}
 * @param degree m, at least 2
 */
public record ChebyshevFilter(double low, double cut, int degree) implements Serializable {
  private double centre() {
    return (cut + low) / 2;
  }

  private double halfWidth() {
    return (cut - low) / 2;
  }

  /** Returns how fast the filter grows at an eigenvalue: {@code T_m ~ exp(m rate) / 2}. */
  static double rate(double low, double cut, double eigenvalue) {
    double t = Math.max(1, (2 * eigenvalue - cut - low) / (cut - low));
    return Math.log(t + Math.sqrt(t * t - 1));
  }

  /**
   * Replaces the columns {@code first <= c} of the block by {@code T_m(A) X}, a panel at a time. A
   * column's result does not depend on the others.
   */
  void applyInPlace(SymmetricOperator matrix, Block block, int first, Panel x, Panel y) {
    for (int from = first; from < block.width(); from += Panel.WIDTH) {
      int width = Math.min(Panel.WIDTH, block.width() - from);
      block.copyTo(x.values(width), from, width);
      block.copyFrom(filtered(matrix, width, x.values(width), y.values(width)), from, width);
    }
  }

  /** Runs the recurrence {@code T_i+1 = 2 t T_i - T_i-1}, and returns the array it ends in. */
  private float[] filtered(SymmetricOperator matrix, int width, float[] x, float[] y) {
    float shift = (float) centre();
    float scale = (float) (1 / halfWidth());
    java.util.Arrays.fill(y, 0f);
    float[] before = x;
    float[] last = y;
    matrix.recur(width, scale, shift, before, last);
    for (int i = 2; i <= degree; i++) {
      matrix.recur(width, 2 * scale, shift, last, before);
      float[] swap = before;
      before = last;
      last = swap;
    }
    return last;
  }
}
