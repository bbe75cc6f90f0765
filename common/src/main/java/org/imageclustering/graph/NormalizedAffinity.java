package org.imageclustering.graph;

import java.util.Arrays;
import org.imageclustering.UserException;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.spectral.SymmetricOperator;

/**
 * The normalised affinity {@code D^-1/2 W D^-1/2 = I - L_sym} of a graph as an operator (Ng, Jordan
 * and Weiss 2001, step 2). Its eigenvalues lie in [-1, 1]; the largest is 1, once for every
 * component of the graph.
 *
 * <p>The product runs on all cores of the driver. Blocks of vectors are row-major, so each
 * neighbour costs one read of contiguous memory; a row is summed in the order of its columns, hence
 * the same result on any number of cores. Memory: 4 bytes an entry beside the graph itself.
 */
public final class NormalizedAffinity implements SymmetricOperator {
  private static final int CHUNK = 512;

  private final int[] rowStart;
  private final int[] columns;
  private final float[] values;

  /**
   * Scales the weights.
   *
   * @param graph symmetric; not modified, and shared
   * @throws UserException if a node has no neighbour, and the degree to divide by is zero
   */
  public NormalizedAffinity(CsrGraph graph) {
    checkDegrees(graph);
    this.rowStart = graph.rowStart();
    this.columns = graph.columns();
    this.values = normalised(graph);
  }

  private static void checkDegrees(CsrGraph graph) {
    int[] isolated = graph.isolated();
    if (isolated.length > 0) {
      throw new UserException(
          "Cannot normalise the affinities: found "
              + isolated.length
              + " nodes without a neighbour, the first is node "
              + isolated[0]
              + ", expected none (take more neighbours, or symmetrisation mean)");
    }
  }

  private static float[] normalised(CsrGraph graph) {
    double[] scale = graph.degrees();
    for (int i = 0; i < scale.length; i++) {
      scale[i] = 1 / Math.sqrt(scale[i]);
    }
    float[] values = new float[graph.nonZeros()];
    for (int row = 0; row < graph.nodes(); row++) {
      for (int e = graph.rowStart()[row]; e < graph.rowStart()[row + 1]; e++) {
        values[e] = (float) (graph.weights()[e] * scale[row] * scale[graph.columns()[e]]);
      }
    }
    return values;
  }

  @Override
  public int dimension() {
    return rowStart.length - 1;
  }

  @Override
  public void multiply(int width, float[] x, float[] y) {
    Parallel.forChunks(
        dimension(),
        CHUNK,
        (chunk, from, until) -> {
          float[] sum = new float[width];
          for (int row = from; row < until; row++) {
            sumRow(row, width, x, sum);
            System.arraycopy(sum, 0, y, row * width, width);
          }
        });
  }

  @Override
  public void recur(int width, float scale, float shift, float[] x, float[] z) {
    Parallel.forChunks(
        dimension(),
        CHUNK,
        (chunk, from, until) -> {
          float[] sum = new float[width];
          for (int row = from; row < until; row++) {
            sumRow(row, width, x, sum);
            int at = row * width;
            for (int c = 0; c < width; c++) {
              z[at + c] = scale * (sum[c] - shift * x[at + c]) - z[at + c];
            }
          }
        });
  }

  private void sumRow(int row, int width, float[] x, float[] sum) {
    Arrays.fill(sum, 0f);
    for (int e = rowStart[row]; e < rowStart[row + 1]; e++) {
      float value = values[e];
      int at = columns[e] * width;
      for (int c = 0; c < width; c++) {
        sum[c] += value * x[at + c];
      }
    }
  }
}
