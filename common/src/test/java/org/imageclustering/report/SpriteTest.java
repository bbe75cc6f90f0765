package org.imageclustering.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.imageclustering.data.PixelImage;
import org.junit.jupiter.api.Test;

final class SpriteTest {
  @Test
  void greyValuesSurviveExactly() throws IOException {
    byte[] ramp = new byte[256];
    for (int i = 0; i < 256; i++) {
      ramp[i] = (byte) i;
    }
    BufferedImage sheet = decoded(new Sprite(List.of(new PixelImage(16, 16, 1, ramp)), 4));
    assertThat(sheet.getWidth()).isEqualTo(64);
    for (int i = 0; i < 256; i++) {
      assertThat(sheet.getRaster().getSample(i % 16, i / 16, 0)).isEqualTo(i);
    }
  }

  @Test
  void greyAndColourStandTogetherInRgb() throws IOException {
    PixelImage grey = new PixelImage(1, 2, 1, new byte[] {10, 20});
    PixelImage red = new PixelImage(2, 1, 3, new byte[] {(byte) 200, 1, 2, (byte) 100, 3, 4});
    BufferedImage sheet = decoded(new Sprite(List.of(grey, red), 1));
    assertThat(sheet.getHeight()).isEqualTo(4);
    assertThat(sheet.getRGB(1, 0) & 0xffffff).isEqualTo(0x141414);
    assertThat(sheet.getRGB(0, 3) & 0xffffff).isEqualTo(0x640304);
    assertThat(sheet.getRGB(1, 3) & 0xffffff).isZero();
  }

  private static BufferedImage decoded(Sprite sprite) throws IOException {
    String base64 = sprite.dataUri().substring("data:image/png;base64,".length());
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }
}
