package org.imageclustering.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.imageclustering.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;

final class NeighbourMapTest {
  @Test
  void blobsStayTogetherAndApart() {
    FloatMatrix map = NeighbourMap.of(blobs(4, 40, 20));
    int kept = 0;
    for (int i = 0; i < map.rows(); i++) {
      kept += nearest(map, i) / 40 == i / 40 ? 1 : 0;
    }
    assertThat(kept).isEqualTo(map.rows());
  }

  @Test
  void theSamePointsGiveTheSameMap() {
    FloatMatrix points = blobs(3, 30, 5);
    assertThat(NeighbourMap.of(points).values()).isEqualTo(NeighbourMap.of(points).values());
  }

  @Test
  void equalPointsAndFewPointsGiveFinitePlaces() {
    assertFinite(NeighbourMap.of(FloatMatrix.zeros(50, 3)));
    assertFinite(NeighbourMap.of(FloatMatrix.zeros(1, 3)));
    assertFinite(NeighbourMap.of(blobs(1, 3, 4)));
    assertFinite(NeighbourMap.of(blobs(1, 5, 1)));
  }

  private static void assertFinite(FloatMatrix map) {
    for (float value : map.values()) {
      assertThat(value).isFinite();
    }
  }

  private static int nearest(FloatMatrix map, int i) {
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < map.rows(); j++) {
      double dx = map.values()[2 * i] - map.values()[2 * j];
      double dy = map.values()[2 * i + 1] - map.values()[2 * j + 1];
      if (j != i && dx * dx + dy * dy < least) {
        least = dx * dx + dy * dy;
        best = j;
      }
    }
    return best;
  }

  private static FloatMatrix blobs(int blobs, int size, int dimension) {
    Random random = new Random(5);
    FloatMatrix points = FloatMatrix.zeros(blobs * size, dimension);
    for (int i = 0; i < points.rows(); i++) {
      for (int j = 0; j < dimension; j++) {
        float centre = j == i / size ? 20 : 0;
        points.values()[points.offset(i) + j] = centre + (float) random.nextGaussian();
      }
    }
    return points;
  }
}
