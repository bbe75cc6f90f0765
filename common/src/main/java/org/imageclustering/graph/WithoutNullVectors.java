package org.imageclustering.graph;

import java.io.Serializable;
import java.util.Arrays;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.spectral.SymmetricOperator;

/**
 * The normalised affinity of a graph without null vectors of L_sym: {@code A - 2 sum_c u_c u_c^T},
 * either with all of a broken graph's {@code u_c = D^1/2 1_c}, one a component, scaled to length 1
 * (von Luxburg 2007, Proposition 4), or with the trivial one alone, {@code D^1/2 1}. They become
 * eigenvectors of -1; all others stay what they are. An isolated node, whose row of A is zero, is a
 * component too.
 */
final class WithoutNullVectors implements SymmetricOperator, Serializable {
  private static final long serialVersionUID = 1L;

  private static final int CHUNK = 512;

  private final NormalizedAffinity affinity;

  /** The group of nodes that each node's null vector is constant on but for the degrees. */
  private final int[] group;

  private final int groups;
  private final double[] unit;
  private final double[] shift;

  private WithoutNullVectors(NormalizedAffinity affinity, double[] degrees, int[] group) {
    this.affinity = affinity;
    this.group = group;
    this.groups = Arrays.stream(group).max().orElse(-1) + 1;
    this.unit = degrees;
    this.shift = new double[groups];
    double[] volumes = new double[groups];
    for (int node = 0; node < unit.length; node++) {
      volumes[group[node]] += unit[node];
    }
    for (int node = 0; node < unit.length; node++) {
      double volume = volumes[group[node]];
      unit[node] = volume > 0 ? Math.sqrt(unit[node] / volume) : 1;
      shift[group[node]] = volume > 0 ? 2 : 1;
    }
  }

  /** Returns the operator without the null vectors of all components. */
  static WithoutNullVectors ofComponents(NormalizedAffinity affinity, CsrGraph graph) {
    return new WithoutNullVectors(affinity, graph.degrees(), Components.of(graph));
  }

  /** Returns the operator without the one null vector that every graph has. */
  static WithoutNullVectors trivial(NormalizedAffinity affinity, CsrGraph graph) {
    return new WithoutNullVectors(affinity, graph.degrees(), new int[graph.nodes()]);
  }

  @Override
  public int dimension() {
    return affinity.dimension();
  }

  @Override
  public void multiply(int width, float[] x, float[] y) {
    affinity.multiply(width, x, y);
    subtract(1, width, x, y);
  }

  @Override
  public void multiplyRows(int[] rows, int width, float[] x, float[] y) {
    affinity.multiplyRows(rows, width, x, y);
    double[] along = along(width, x);
    for (int r = 0; r < rows.length; r++) {
      subtract(1, rows[r], width, along, y, r * width);
    }
  }

  @Override
  public void recur(int width, float scale, float shifted, float[] x, float[] z) {
    affinity.recur(width, scale, shifted, x, z);
    subtract(scale, width, x, z);
  }

  /** Subtracts {@code scale} times the null vectors' part of x. */
  private void subtract(double scale, int width, float[] x, float[] y) {
    double[] along = along(width, x);
    Parallel.forChunks(
        unit.length,
        CHUNK,
        (chunk, from, until) -> {
          for (int node = from; node < until; node++) {
            subtract(scale, node, width, along, y, node * width);
          }
        });
  }

  private void subtract(double scale, int node, int width, double[] along, float[] y, int at) {
    double factor = scale * shift[group[node]] * unit[node];
    for (int c = 0; c < width; c++) {
      y[at + c] = (float) (y[at + c] - factor * along[group[node] * width + c]);
    }
  }

  /**
   * Returns the products of the null vectors with x, groups x width, summed in the nodes' order.
   */
  private double[] along(int width, float[] x) {
    double[] sums = new double[Math.multiplyExact(groups, width)];
    for (int node = 0; node < unit.length; node++) {
      for (int c = 0; c < width; c++) {
        sums[group[node] * width + c] += unit[node] * x[node * width + c];
      }
    }
    return sums;
  }
}
