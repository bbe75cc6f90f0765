package org.imageclustering.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrientationTest {
  /** The letters a b c over d e f, stored as each orientation has them. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, abcdef",
    "2, 2, cbafed",
    "3, 2, fedcba",
    "4, 2, defabc",
    "5, 3, adbecf",
    "6, 3, cfbead",
    "7, 3, fcebda",
    "8, 3, daebfc"
  })
  void everyOrientationIsTurnedUpright(int orientation, int storedHeight, String stored) {
    byte[] pixels = new byte[stored.length()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) stored.charAt(i);
    }
    PixelImage image = new PixelImage(storedHeight, 6 / storedHeight, 1, pixels);
    PixelImage upright = Orientation.apply(image, orientation);
    assertThat(upright.height()).isEqualTo(2);
    assertThat(upright.width()).isEqualTo(3);
    assertThat(new String(upright.pixels(), StandardCharsets.US_ASCII)).isEqualTo("abcdef");
  }
}
