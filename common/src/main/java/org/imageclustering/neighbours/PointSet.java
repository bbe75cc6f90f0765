package org.imageclustering.neighbours;

import java.io.Serializable;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.RowIndex;

/**
 * Points in the order in which they are searched, with what turns a matrix product into an order by
 * distance: {@code |q - p|^2 = |q|^2 - 2 s}, score {@code s = q.p - |p|^2 / 2}.
 */
final class PointSet implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  private final FloatMatrix points;
  private final int[] ids;
  private final float[] halfNorms;
  private final double largestNorm;

  /** Made when it is first asked for, on each machine. */
  private transient volatile RowIndex equal;

  /**
   * Wraps the arrays, not copied.
   *
   * @param points n x d
   * @param ids n identifiers: of each row of {@code points}
   * @throws IllegalArgumentException if a point is not finite; the message gives its identifier
   */
  PointSet(FloatMatrix points, int[] ids) {
    this.points = points;
    this.ids = ids;
    this.halfNorms = new float[points.rows()];
    double largest = 0;
    for (int i = 0; i < points.rows(); i++) {
      double norm = squaredNorm(points, i, ids[i]);
      halfNorms[i] = (float) (norm / 2);
      largest = Math.max(largest, norm);
    }
    this.largestNorm = Math.sqrt(largest);
  }

  FloatMatrix points() {
    return points;
  }

  int[] ids() {
    return ids;
  }

  /** Returns the identifier of the point that equals the row at {@code offset}, or -1. */
  int idOf(float[] source, int offset) {
    RowIndex index = equal;
    if (index == null) {
      synchronized (this) {
        index = equal;
        if (index == null) {
          index = new RowIndex(points);
          equal = index;
        }
      }
    }
    int position = index.find(source, offset);
    return position < 0 ? -1 : ids[position];
  }

  float[] halfNorms() {
    return halfNorms;
  }

  /**
   * Returns twice a bound on the rounding error of a score: a point whose score lies farther than
   * this below the k-th largest cannot be among the k nearest. The bound of a dot product in any
   * order of summation (Higham 2002).
   */
  double scoreMargin(double queryNorm) {
    double terms = points.columns() + 4;
    return 2 * terms * UNIT_ROUNDOFF * largestNorm * (queryNorm + largestNorm);
  }

  /** Returns the squared length of a row, summed in double. */
  static double squaredNorm(FloatMatrix matrix, int row, int id) {
    double sum = 0;
    int offset = matrix.offset(row);
    for (int j = 0; j < matrix.columns(); j++) {
      double value = matrix.values()[offset + j];
      sum += value * value;
    }
    if (!(sum <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "Cannot search neighbours: found a squared length of "
              + sum
              + " at point "
              + id
              + ", expected finite values");
    }
    return sum;
  }

  /** Returns {@code |q - p|^2} in double; its low bits depend on the two rows alone. */
  double squaredDistance(FloatMatrix queries, int row, int position) {
    float[] q = queries.values();
    float[] p = points.values();
    int a = queries.offset(row);
    int b = points.offset(position);
    int d = points.columns();
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int j = 0;
    for (; j + 3 < d; j += 4) {
      double first = (double) q[a + j] - p[b + j];
      double second = (double) q[a + j + 1] - p[b + j + 1];
      double third = (double) q[a + j + 2] - p[b + j + 2];
      double fourth = (double) q[a + j + 3] - p[b + j + 3];
      sum0 += first * first;
      sum1 += second * second;
      sum2 += third * third;
      sum3 += fourth * fourth;
    }
    for (; j < d; j++) {
      double last = (double) q[a + j] - p[b + j];
      sum0 += last * last;
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
