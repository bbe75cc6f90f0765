package org.imageclustering.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks of one image on another. */
final class OccluderTest {
  @ParameterizedTest
  @CsvSource({"28, 28, 1, 0.2", "48, 42, 1, 0.2", "32, 32, 3, 0.5", "60, 20, 1, 0.05"})
  void theShareIsHiddenInOneBlock(int height, int width, int channels, double share) {
    PixelImage image = filled(height, width, channels, 10);
    PixelImage donor = filled(height, width, channels, 200);
    PixelImage hidden = new Occluder(share).occlude(image, donor, new SplittableRandom(3));
    int top = height;
    int bottom = -1;
    int left = width;
    int right = -1;
    int count = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (hidden.sample(y, x, channels - 1) == 200) {
          count++;
          top = Math.min(top, y);
          bottom = y;
          left = Math.min(left, x);
          right = Math.max(right, x);
        }
      }
    }
    assertThat((double) count / (height * width)).isEqualTo(share, within(0.02));
    assertThat((bottom - top + 1) * (right - left + 1)).isEqualTo(count);
    assertThat(image.pixels()).containsOnly(10);
  }

  @Test
  void theSameDrawHidesTheSame() {
    PixelImage image = filled(12, 12, 1, 1);
    PixelImage donor = filled(12, 12, 1, 2);
    Occluder occluder = new Occluder(0.3);
    byte[] first = occluder.occlude(image, donor, new SplittableRandom(5)).pixels();
    assertThat(occluder.occlude(image, donor, new SplittableRandom(5)).pixels()).isEqualTo(first);
    assertThat(occluder.occlude(image, donor, new SplittableRandom(6)).pixels())
        .isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "-0.1", "NaN"})
  void aShareIsBetweenNothingAndAll(double share) {
    assertThatThrownBy(() -> new Occluder(share))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a number above 0 and below 1");
  }

  private static PixelImage filled(int height, int width, int channels, int value) {
    byte[] pixels = new byte[height * width * channels];
    Arrays.fill(pixels, (byte) value);
    return new PixelImage(height, width, channels, pixels);
  }
}
