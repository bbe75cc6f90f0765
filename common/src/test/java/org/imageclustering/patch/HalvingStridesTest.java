package org.imageclustering.patch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Strides of 2 where the image is large enough for all, of 1 in the first layers where not. */
final class HalvingStridesTest {
  @Test
  void largeImagesAreHalvedByEveryLayer() {
    assertThat(HalvingStrides.of(3, 24, 3, HalvingStridesTest::padded)).containsExactly(2, 2, 2);
  }

  @Test
  void theFirstLayersOfSmallImagesKeepTheirSize() {
    assertThat(HalvingStrides.of(3, 12, 3, HalvingStridesTest::padded)).containsExactly(1, 2, 2);
    assertThat(HalvingStrides.of(3, 6, 3, HalvingStridesTest::padded)).containsExactly(1, 1, 2);
  }

  @Test
  void whereNothingLeavesTheSideAllStridesAreOne() {
    assertThat(HalvingStrides.of(3, 2, 3, HalvingStridesTest::padded)).containsExactly(1, 1, 1);
  }

  @Test
  void everyLayerChangesTheSideInItsOwnWay() {
    HalvingStrides.NextSide lastIsNotPadded =
        (layer, stride, side) ->
            PatchGeometry.windows(side, 3, stride, layer == 1 ? Padding.NONE : Padding.SAME);
    assertThat(HalvingStrides.of(2, 12, 3, lastIsNotPadded)).containsExactly(1, 2);
    assertThat(HalvingStrides.of(2, 13, 3, lastIsNotPadded)).containsExactly(2, 2);
  }

  private static int padded(int layer, int stride, int side) {
    return PatchGeometry.windows(side, 3, stride, Padding.SAME);
  }
}
