package org.imageclustering.affinity;

import java.util.SplittableRandom;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.neighbours.ExactIndex;
import org.imageclustering.neighbours.LocalNeighbours;

/** Points around five centres of different size and width, and their neighbours. */
final class Blobs {
  static final int CENTRES = 5;

  private Blobs() {}

  static FloatMatrix points(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n * 4];
    for (int i = 0; i < n; i++) {
      int centre = i % 7 % CENTRES;
      for (int c = 0; c < 4; c++) {
        double noise = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
        double at = c == centre % 4 ? (centre < 4 ? 4 : -4) : 0;
        values[i * 4 + c] = (float) (at + noise * (1 + centre * 0.2));
      }
    }
    return new FloatMatrix(n, 4, values);
  }

  static Neighbours neighbours(FloatMatrix points) {
    return LocalNeighbours.search(ExactIndex.of(points), 7);
  }
}
