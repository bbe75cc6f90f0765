package org.imageclustering.graph;

import java.io.Serializable;
import org.imageclustering.spectral.SymmetricOperator;

/**
 * The normalised affinity of a broken graph without its eigenvalue 1: {@code A - 2 sum_c u_c u_c^T}
 * with the null vectors {@code u_c = D^1/2 1_c} of L_sym, one a component, scaled to length 1 (von
 * Luxburg 2007, Proposition 4). They become eigenvectors of -1; all others stay what they are. An
 * isolated node, whose row of A is zero, is a component too.
 */
final class WithoutNullVectors implements SymmetricOperator, Serializable {
  private static final long serialVersionUID = 1L;

  private final NormalizedAffinity affinity;
  private final int[] component;
  private final int components;
  private final double[] unit;
  private final double[] shift;

  WithoutNullVectors(NormalizedAffinity affinity, CsrGraph graph) {
    this.affinity = affinity;
    this.component = Components.of(graph);
    this.unit = graph.degrees();
    int count = 0;
    for (int of : component) {
      count = Math.max(count, of + 1);
    }
    this.components = count;
    this.shift = new double[count];
    double[] volumes = new double[count];
    for (int node = 0; node < unit.length; node++) {
      volumes[component[node]] += unit[node];
    }
    for (int node = 0; node < unit.length; node++) {
      double volume = volumes[component[node]];
      unit[node] = volume > 0 ? Math.sqrt(unit[node] / volume) : 1;
      shift[component[node]] = volume > 0 ? 2 : 1;
    }
  }

  @Override
  public int dimension() {
    return affinity.dimension();
  }

  @Override
  public void multiply(int width, float[] x, float[] y) {
    affinity.multiply(width, x, y);
    double[] sums = new double[Math.multiplyExact(components, width)];
    for (int node = 0; node < unit.length; node++) {
      for (int c = 0; c < width; c++) {
        sums[component[node] * width + c] += unit[node] * x[node * width + c];
      }
    }
    for (int node = 0; node < unit.length; node++) {
      double factor = shift[component[node]] * unit[node];
      for (int c = 0; c < width; c++) {
        int at = node * width + c;
        y[at] = (float) (y[at] - factor * sums[component[node] * width + c]);
      }
    }
  }
}
