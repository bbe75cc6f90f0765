package org.imageclustering.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.imageclustering.patch.MapShape;
import org.junit.jupiter.api.Test;

/** Small pictures of images. */
final class ThumbnailTest {
  @Test
  void aSmallImageKeepsItsPixels() {
    Thumbnail thumbnail = new Thumbnail(new MapShape(28, 32, 1), false);
    float[] image = new float[28 * 32];
    image[77] = 0.5f;
    assertThat(thumbnail.length()).isEqualTo(28 * 32);
    assertThat(thumbnail.of(image)).containsExactly(image);
  }

  @Test
  void aLargeImageBecomesTheMeansOfItsCellsInEachChannel() {
    MapShape shape = new MapShape(64, 96, 3);
    float[] image = new float[shape.length()];
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 96; x++) {
        image[(y * 96 + x) * 3] = x / 96f;
        image[(y * 96 + x) * 3 + 2] = y < 2 && x < 3 ? 1 : 0;
      }
    }
    Thumbnail thumbnail = new Thumbnail(shape, false);
    float[] small = thumbnail.of(image);
    assertThat(small).hasSize(32 * 32 * 3);
    assertThat(small[0]).isEqualTo(1 / 96f, within(1e-6f));
    assertThat(small[(5 * 32 + 31) * 3]).isEqualTo(94 / 96f, within(1e-6f));
    assertThat(small[1]).isZero();
    assertThat(small[2]).isEqualTo(1f);
    assertThat(small[5]).isZero();
  }

  @Test
  void everyPixelOfAnUnevenImageIsInOneCell() {
    MapShape shape = new MapShape(50, 33, 1);
    float[] image = new float[shape.length()];
    java.util.Arrays.fill(image, 0.75f);
    assertThat(new Thumbnail(shape, false).of(image)).hasSize(32 * 32).containsOnly(0.75f);
  }

  @Test
  void slantedFiguresAreMadeUprightByOption() {
    MapShape shape = new MapShape(28, 28, 1);
    float[] slanted = new float[shape.length()];
    for (int y = 4; y < 24; y++) {
      slanted[y * 28 + 24 - y] = 1;
    }
    float[] upright = new Thumbnail(shape, true).of(slanted);
    assertThat(upright).containsExactly(Deskew.of(slanted, 28, 28, 1)).isNotEqualTo(slanted);
  }
}
