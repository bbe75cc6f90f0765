package org.imageclustering.sanet;

import static org.assertj.core.api.Assertions.assertThat;

import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;
import org.junit.jupiter.api.Test;

final class SimpleLayersTest {
  private static final MapOrigin[] ONE = {new MapOrigin(0, 0.1)};

  @Test
  void poolingKeepsTheSignedValueOfLargestMagnitude() {
    FeatureMaps maps =
        new FeatureMaps(1, new MapShape(3, 3, 1), new float[] {1, -2, 0, 0, 5, -9, 0, 0, 3});
    Layer clipped =
        new PoolingLayer(new PoolingOptions("pool", 3, 1, Padding.SAME), maps.shape(), ONE);
    assertThat(clipped.output()).isEqualTo(new MapShape(3, 3, 1));
    assertThat(clipped.apply(maps).values()).containsExactly(5, -9, -9, 5, -9, -9, 5, -9, -9);
    Layer inside =
        new PoolingLayer(new PoolingOptions("pool", 2, 1, Padding.NONE), maps.shape(), ONE);
    assertThat(inside.apply(maps).values()).containsExactly(5, -9, 5, -9);
  }

  @Test
  void bitsAreSetAboveZeroOrAboveTheMeanOfTheirMap() {
    MapOrigin[] origins = {new MapOrigin(0, 0.1), new MapOrigin(0, 0.2)};
    FeatureMaps maps = new FeatureMaps(2, new MapShape(1, 1, 2), new float[] {1, -4, 3, -2});
    BinarizationOptions zero = new BinarizationOptions("b", BinarizationOptions.Threshold.ZERO);
    BinarizationOptions mean = new BinarizationOptions("b", BinarizationOptions.Threshold.MEAN);
    assertThat(BinarizationLayer.fit(zero, maps, origins).apply(maps).values())
        .containsExactly(1, 0, 1, 0);
    assertThat(BinarizationLayer.fit(mean, maps, origins).apply(maps).values())
        .containsExactly(0, 0, 1, 1);
  }

  @Test
  void codesWeighSmallEigenvaluesMostWithinAProcedure() {
    // Two procedures with three maps each, out of order, in groups of two (Fig. 4, Eq. 11).
    MapOrigin[] origins = {
      new MapOrigin(0, 0.3), new MapOrigin(0, 0.1), new MapOrigin(0, 0.2),
      new MapOrigin(1, 0.15), new MapOrigin(1, 0.25), new MapOrigin(1, 0.05)
    };
    FeatureMaps bits = new FeatureMaps(1, new MapShape(1, 1, 6), new float[] {1, 1, 0, 0, 1, 1});
    Layer coding =
        new CodingLayer(
            new CodingOptions("c", 2, CodingOptions.Order.PROCEDURE), bits.shape(), origins);
    // Procedure 0: maps 1, 2 then 0 padded; procedure 1: maps 5, 3 then 4 padded.
    assertThat(coding.apply(bits).values()).containsExactly(2, 2, 2, 2);
    Layer global =
        new CodingLayer(
            new CodingOptions("c", 3, CodingOptions.Order.GLOBAL), bits.shape(), origins);
    // Ascending: 5 (.05), 1 (.1), 3 (.15) | 2 (.2), 4 (.25), 0 (.3).
    assertThat(global.apply(bits).values()).containsExactly(0b110, 0b011);
  }
}
