package org.imageclustering.spark.training;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes the codes of a network white: mean 0, covariance the unit matrix, {@code z' = L^-1 (z - m)}
 * with {@code C = L L^T} (Cholesky). The map is absorbed by the linear layer that gives the code
 * and its inverse by the next one, so that the reconstruction stays what it was. Distances between
 * white codes do not favour the directions that the reconstruction happens to stretch.
 */
final class Whitening {
  /** Share of the mean variance that is added to each variance, for entries that do not vary. */
  private static final double RIDGE = 1e-6;

  private Whitening() {}

  /**
   * Returns the network with white codes.
   *
   * @param state whose code layer has no activation and whose next layer is dense
   * @param moments of its codes
   */
  static NetworkState of(NetworkState state, Moments moments) {
    ComputationGraph graph = state.network();
    int d = moments.mean().length;
    double[][] lower = cholesky(moments.covariance());
    INDArray forward = matrix(transposed(inverse(lower)));
    INDArray back = matrix(transposed(lower));
    INDArray mean = Nd4j.createFromArray(floats(moments.mean())).reshape(1, d);

    INDArray weights = graph.getLayer(AutoencoderGraph.CODE).getParam("W");
    INDArray biases = graph.getLayer(AutoencoderGraph.CODE).getParam("b");
    weights.assign(weights.mmul(forward));
    biases.assign(biases.sub(mean).mmul(forward));
    INDArray nextWeights = graph.getLayer(AutoencoderGraph.FIRST_DECODER).getParam("W");
    INDArray nextBiases = graph.getLayer(AutoencoderGraph.FIRST_DECODER).getParam("b");
    nextBiases.addi(mean.mmul(nextWeights));
    nextWeights.assign(back.mmul(nextWeights));
    return new NetworkState(
        state.configuration(), NetworkState.of(graph).parameters(), new float[0]);
  }

  /** Returns L, lower triangular, with L L^T the matrix. */
  static double[][] cholesky(double[][] matrix) {
    int d = matrix.length;
    double trace = 0;
    for (int i = 0; i < d; i++) {
      trace += matrix[i][i];
    }
    double ridge = Math.max(RIDGE * trace / d, Double.MIN_NORMAL);
    double[][] lower = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j] + (i == j ? ridge : 0);
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, ridge)) : sum / lower[j][j];
      }
    }
    return lower;
  }

  /** Returns the inverse of a lower triangular matrix. */
  static double[][] inverse(double[][] lower) {
    int d = lower.length;
    double[][] inverse = new double[d][d];
    for (int column = 0; column < d; column++) {
      for (int i = column; i < d; i++) {
        double sum = i == column ? 1 : 0;
        for (int k = column; k < i; k++) {
          sum -= lower[i][k] * inverse[k][column];
        }
        inverse[i][column] = sum / lower[i][i];
      }
    }
    return inverse;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] transposed = new double[matrix.length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        transposed[j][i] = matrix[i][j];
      }
    }
    return transposed;
  }

  private static INDArray matrix(double[][] values) {
    float[] flat = new float[values.length * values.length];
    for (int i = 0; i < values.length; i++) {
      System.arraycopy(floats(values[i]), 0, flat, i * values.length, values.length);
    }
    return Nd4j.createFromArray(flat).reshape('c', values.length, values.length);
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
