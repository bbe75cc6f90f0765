package org.imageclustering.partition;

import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;

/**
 * Ward's agglomeration of a few weighted points: joins the two clusters whose union raises the sum
 * of squared distances least, w_a w_b / (w_a + w_b) |c_a - c_b|² (Ward 1963), until K are left.
 */
public final class Ward implements Agglomeration.Groups {
  private final int dimension;
  private final double[] centres;
  private final double[] weights;

  private Ward(FloatMatrix points, int[] weights) {
    this.dimension = points.columns();
    this.weights = Arrays.stream(weights).asDoubleStream().toArray();
    this.centres = new double[points.values().length];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = points.values()[i];
    }
  }

  /**
   * Returns each point's cluster in {@code 0..clusters-1}. O(M³ d) for M points: for some hundred.
   *
   * @param points M x d, M at least {@code clusters}; not modified
   * @param weights M numbers above 0: the sizes of the k-means clusters whose centres these are
   */
  public static int[] cluster(FloatMatrix points, int[] weights, int clusters) {
    return Agglomeration.run(new Ward(points, weights), points.rows(), clusters);
  }

  @Override
  public double cost(int a, int b) {
    double square = 0;
    for (int j = 0; j < dimension; j++) {
      double difference = centres[a * dimension + j] - centres[b * dimension + j];
      square += difference * difference;
    }
    return weights[a] * weights[b] / (weights[a] + weights[b]) * square;
  }

  @Override
  public void join(int a, int b) {
    double sum = weights[a] + weights[b];
    for (int j = 0; j < dimension; j++) {
      int of = a * dimension + j;
      centres[of] = (weights[a] * centres[of] + weights[b] * centres[b * dimension + j]) / sum;
    }
    weights[a] = sum;
  }
}
