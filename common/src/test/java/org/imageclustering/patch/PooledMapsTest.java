package org.imageclustering.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Pooled maps by hand. */
final class PooledMapsTest {
  /** One map of 3 x 5: the last row and column of squares are clipped. */
  private static final float[] MAP = {
    1, 2, 0, 3, 9, //
    4, 0, 7, 0, 0, //
    5, 0, 0, 0, 7
  };

  @Test
  void eachSquareGivesItsLargestNumber() {
    PooledMaps all = PooledMaps.of(new MapShape(3, 5, 1), 2, 1);
    assertThat(all.output()).isEqualTo(new MapShape(2, 3, 1));
    assertThat(all.of(MAP, 0)).containsExactly(4, 7, 9, 5, 0, 7);
  }

  @Test
  void theLargestCellsAreKeptAndOfEqualOnesTheFirst() {
    PooledMaps third = PooledMaps.of(new MapShape(3, 5, 1), 2, 1.0 / 3);
    assertThat(third.kept()).isEqualTo(2);
    assertThat(third.of(MAP, 0)).containsExactly(0, 7, 9, 0, 0, 0);
  }

  @Test
  void mapsAreKeptApartAndReadFromTheOffset() {
    float[] two = new float[3 + 2 * 4];
    System.arraycopy(new float[] {1, 8, 2, 0, 3, 0, 4, 6}, 0, two, 3, 8);
    PooledMaps pooled = PooledMaps.of(new MapShape(2, 2, 2), 1, 0.25);
    assertThat(pooled.of(two, 3)).containsExactly(0, 8, 0, 0, 0, 0, 4, 0);
  }

  @Test
  void anEmptyMapStaysEmpty() {
    assertThat(PooledMaps.of(new MapShape(4, 4, 1), 2, 0.5).of(new float[16], 0)).containsOnly(0f);
  }

  @Test
  void aShareOfNothingIsRefused() {
    MapShape shape = new MapShape(2, 2, 1);
    assertThatThrownBy(() -> PooledMaps.of(shape, 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("share of 0.0");
  }
}
