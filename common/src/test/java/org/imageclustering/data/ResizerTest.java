package org.imageclustering.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.imageclustering.UserException;
import org.junit.jupiter.api.Test;

final class ResizerTest {
  private static PixelImage grey(int height, int width, int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return new PixelImage(height, width, 1, pixels);
  }

  private static PixelImage random(int height, int width, int channels) {
    byte[] pixels = new byte[height * width * channels];
    new Random(1).nextBytes(pixels);
    return new PixelImage(height, width, channels, pixels);
  }

  @Test
  void anImageOfTheSizeStaysItself() {
    PixelImage image = random(5, 7, 3);
    assertThat(new Resizer(new ImageSize(5, 7)).letterbox(image)).isSameAs(image);
  }

  @Test
  void shrinkingAveragesTheArea() {
    PixelImage small = Resizer.scaled(grey(2, 4, 0, 100, 200, 40, 20, 80, 60, 100), 1, 2);
    assertThat(small.pixels()).containsExactly(50, 100);
  }

  @Test
  void shrinkingByAFractionCountsPixelsByTheirShare() {
    // Each of two new pixels covers one and a half old ones: (0 + 0.5 * 60) / 1.5 and (30 + 120) /
    // 1.5.
    PixelImage small = Resizer.scaled(grey(1, 3, 0, 60, 120), 1, 2);
    assertThat(small.pixels()).containsExactly(20, 100);
  }

  @Test
  void growingInterpolatesBetweenCentres() {
    PixelImage large = Resizer.scaled(grey(1, 2, 0, 100), 1, 4);
    assertThat(large.pixels()).containsExactly(0, 25, 75, 100);
  }

  @Test
  void shrinkingByAWholeFactorKeepsTheMean() {
    PixelImage image = random(64, 96, 3);
    PixelImage small = Resizer.scaled(image, 8, 12);
    for (int channel = 0; channel < 3; channel++) {
      assertThat(mean(small, channel)).isCloseTo(mean(image, channel), Offset.offset(0.5));
    }
  }

  private static double mean(PixelImage image, int channel) {
    double sum = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        sum += image.sample(y, x, channel);
      }
    }
    return sum / image.height() / image.width();
  }

  @Test
  void aUniformImageStaysUniformAtAnySize() {
    PixelImage image = new PixelImage(37, 53, 3, new byte[37 * 53 * 3]);
    Arrays.fill(image.pixels(), (byte) 201);
    for (int side = 1; side < 120; side += 7) {
      assertThat(Resizer.scaled(image, side, 2 * side).pixels()).containsOnly((byte) 201);
    }
  }

  @Test
  void letterboxingKeepsTheAspectAndFillsWithBlack() {
    PixelImage wide = grey(1, 4, 200, 200, 200, 200);
    PixelImage box = new Resizer(new ImageSize(4, 4)).letterbox(wide);
    byte full = (byte) 200;
    assertThat(box.pixels())
        .containsExactly((byte) 0, 0, 0, 0, full, full, full, full, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void extremeAspectsKeepOnePixel() {
    PixelImage line = random(1, 1000, 1);
    assertThat(new Resizer(new ImageSize(8, 8)).letterbox(line).height()).isEqualTo(8);
  }

  @Test
  void sizesAreParsedAndChecked() {
    assertThat(ImageSize.parse("32")).isEqualTo(new ImageSize(32, 32));
    assertThat(ImageSize.parse("32x48")).isEqualTo(new ImageSize(32, 48)).hasToString("32x48");
    for (String wrong :
        new String[] {"32x", "", "0x5", "5x0", "axb", "-1x4", "32x99999", "1x2x3"}) {
      assertThatThrownBy(() -> ImageSize.parse(wrong))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Cannot use --size %s: expected HxW in pixels, each from 1 to 16384, like 32x32"
                  .formatted(wrong));
    }
  }

  @Test
  void colourBecomesGreyByLumaAndBack() {
    PixelImage colour = new PixelImage(1, 2, 3, new byte[] {(byte) 255, 0, 0, 0, (byte) 255, 0});
    PixelImage grey = colour.toChannels(1);
    assertThat(grey.sample(0, 0, 0)).isEqualTo(76);
    assertThat(grey.sample(0, 1, 0)).isEqualTo(150);
    assertThat(grey.toChannels(3).pixels()).containsExactly(76, 76, 76, 150, 150, 150);
    assertThat(colour.toChannels(3)).isSameAs(colour);
  }
}
