package org.imageclustering.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.imageclustering.UserException;
import org.junit.jupiter.api.Test;

final class PatchGeometryTest {
  @Test
  void mnistHasSixBySixPatchesWithFourPixelsOfPadding() {
    PatchGeometry geometry = new PatchGeometry(new MapShape(28, 28, 1), 11, 5, Padding.SAME);
    assertThat(geometry.rows()).isEqualTo(6);
    assertThat(geometry.columns()).isEqualTo(6);
    FeatureMaps corner = image(28, 28, 1);
    float[] patch = new float[geometry.length()];
    geometry.extract(corner, 0, 0, patch, 0);
    // Row 4, column 4 of the first patch is the image's first pixel; before it lies padding.
    assertThat(patch[4 * 11 + 4]).isEqualTo(corner.values()[0]);
    assertThat(patch[3 * 11 + 4]).isZero();
    assertThat(patch[4 * 11 + 3]).isZero();
    geometry.extract(corner, 0, 35, patch, 0);
    // The last patch starts at 25 - 4 = 21: its pixel (6, 6) is the image's last.
    assertThat(patch[6 * 11 + 6]).isEqualTo(corner.values()[783]);
    assertThat(patch[7 * 11 + 6]).isZero();
  }

  @Test
  void withoutPaddingWindowsStayInside() {
    PatchGeometry geometry = new PatchGeometry(new MapShape(6, 6, 2), 4, 1, Padding.NONE);
    assertThat(geometry.positions()).isEqualTo(9);
    assertThat(geometry.length()).isEqualTo(32);
    FeatureMaps maps = image(6, 6, 2);
    float[] patch = new float[32];
    geometry.extract(maps, 0, 5, patch, 0);
    // Window (1, 2): its first value is row 1, column 2, channel 0.
    assertThat(patch[0]).isEqualTo(maps.values()[(6 + 2) * 2]);
    assertThat(patch[31]).isEqualTo(maps.values()[((4 * 6) + 5) * 2 + 1]);
  }

  @Test
  void rectangularImagesHaveTheirOwnNumberOfWindowsEachWay() {
    PatchGeometry geometry = new PatchGeometry(new MapShape(60, 40, 3), 32, 16, Padding.SAME);
    assertThat(geometry.rows()).isEqualTo(4);
    assertThat(geometry.columns()).isEqualTo(3);
  }

  @Test
  void aPatchLargerThanTheImageIsRefused() {
    assertThatThrownBy(() -> new PatchGeometry(new MapShape(8, 20, 1), 9, 1, Padding.SAME))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("patch = 9")
        .hasMessageContaining("8x20");
  }

  @Test
  void constantPatchesBecomeExactlyZero() {
    float[] values = {9f, 0.1f, 0.1f, 0.1f, 9f};
    PatchGeometry.subtractMeanInPlace(values, 1, 3);
    assertThat(values).containsExactly(9f, 0f, 0f, 0f, 9f);
    float[] others = {1f, 2f, 6f};
    PatchGeometry.subtractMeanInPlace(others, 0, 3);
    assertThat(others).containsExactly(-2f, -1f, 3f);
  }

  private static FeatureMaps image(int height, int width, int channels) {
    FeatureMaps maps = FeatureMaps.zeros(1, new MapShape(height, width, channels));
    for (int i = 0; i < maps.values().length; i++) {
      maps.values()[i] = i + 1;
    }
    return maps;
  }
}
