package org.imageclustering.spectral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.imageclustering.graph.NormalizedAffinity;
import org.imageclustering.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;

final class EmbeddingsTest {
  /** On a path of five nodes: (v[i-1] + v[i+1]) / degree = lambda v[i], and |v| = 1. */
  @Test
  void randomWalkVectorsAreEigenvectorsOfTheTransitionMatrix() {
    EigenPairs pairs = new DenseEigenSolver().largest(new NormalizedAffinity(Graphs.path(5)), 3, 0);
    double[] degrees = {1, 2, 2, 2, 1};
    FloatMatrix vectors = Embeddings.randomWalk(pairs.vectors(), degrees);
    for (int c = 0; c < 3; c++) {
      double square = 0;
      for (int i = 0; i < 5; i++) {
        double before = i > 0 ? vectors.values()[(i - 1) * 3 + c] : 0;
        double after = i < 4 ? vectors.values()[(i + 1) * 3 + c] : 0;
        double own = vectors.values()[i * 3 + c];
        assertThat((before + after) / degrees[i]).isCloseTo(pairs.values()[c] * own, within(1e-5));
        square += own * own;
      }
      assertThat(square).isCloseTo(1, within(1e-5));
    }
  }
}
