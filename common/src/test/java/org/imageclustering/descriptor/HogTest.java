package org.imageclustering.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;
import org.junit.jupiter.api.Test;

/** Histograms of images whose gradients are known. */
final class HogTest {
  private static final int SIDE = 28;
  private static final Hog HOG = new Hog(HogOptions.defaults(), new MapShape(SIDE, SIDE, 1));

  @Test
  void cellsFollowTheImage() {
    assertThat(cell(28, 28)).isEqualTo(4);
    assertThat(cell(32, 32)).isEqualTo(4);
    assertThat(cell(16, 16)).isEqualTo(2);
    assertThat(cell(96, 96)).isEqualTo(13);
    assertThat(cell(10, 300)).isEqualTo(5);
    assertThat(HOG.length()).isEqualTo(6 * 6 * 36);
    assertThatThrownBy(() -> cell(3, 28))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use hog.cell: found cells of 2 pixels in images of 3x28x1, expected at most half of the shorter side (at least 4 pixels)");
    assertThatThrownBy(() -> new HogOptions(1, 0, 9, 0.2, false))
        .hasMessage("Cannot use hog.cell: found 1, expected auto, or at least 2");
  }

  private static int cell(int height, int width) {
    return HogOptions.defaults().cellIn(new MapShape(height, width, 1));
  }

  @Test
  void anEvenImageHasNoDescriptor() {
    float[] grey = new float[SIDE * SIDE];
    java.util.Arrays.fill(grey, 0.4f);
    assertThat(HOG.of(grey)).containsOnly(0f);
  }

  @Test
  void aRampVotesForItsDirectionAndItsOpposite() {
    // The gradient points along x: 0 degrees, shared by the first and the last bin.
    float[] up = ramp(x -> x / 28f);
    float[] histogram = firstCell(HOG.of(up));
    assertThat(histogram[0]).isEqualTo(histogram[8]).isPositive();
    assertThat(java.util.Arrays.copyOfRange(histogram, 1, 8)).containsOnly(0f);
    assertThat(HOG.of(ramp(x -> 1 - x / 28f))).containsExactly(HOG.of(up), within(1e-5f));
  }

  @Test
  void contrastDoesNotMatterAndBlocksHaveTheLengthOne() {
    float[] image = noise(1, SIDE * SIDE);
    float[] faint = image.clone();
    for (int i = 0; i < faint.length; i++) {
      faint[i] = 0.25f + faint[i] / 2;
    }
    float[] descriptor = HOG.of(image);
    assertThat(HOG.of(faint)).containsExactly(descriptor, within(3e-3f));
    double square = 0;
    for (int e = 0; e < 36; e++) {
      square += descriptor[e] * descriptor[e];
    }
    assertThat(square).isEqualTo(1, within(0.02));
  }

  @Test
  void colourTakesTheChannelOfTheLongestGradient() {
    float[] grey = noise(2, SIDE * SIDE);
    float[] colour = new float[3 * grey.length];
    for (int i = 0; i < grey.length; i++) {
      colour[3 * i] = 0.5f + 0.01f * grey[i];
      colour[3 * i + 1] = grey[i];
      colour[3 * i + 2] = 1;
    }
    Hog ofColour = new Hog(HogOptions.defaults(), new MapShape(SIDE, SIDE, 3));
    assertThat(ofColour.of(colour)).containsExactly(HOG.of(grey), within(1e-6f));
  }

  @Test
  void aSlantedBarIsMadeUpright() {
    float[] slanted = bar(0.5);
    float[] upright = Deskew.of(slanted, SIDE, SIDE, 1);
    double before = distance(slanted, bar(0));
    assertThat(distance(upright, bar(0))).isLessThan(before / 5);
    assertThat(Deskew.of(bar(0), SIDE, SIDE, 1)).containsExactly(bar(0), within(1e-6f));
    assertThat(Deskew.of(new float[SIDE * SIDE], SIDE, SIDE, 1)).containsOnly(0f);
    Hog deskewing = new Hog(new HogOptions(0, 0, 9, 0.2, true), new MapShape(SIDE, SIDE, 1));
    assertThat(deskewing.of(slanted)).isEqualTo(HOG.of(upright));
  }

  /** Returns a soft vertical bar through the middle, sheared by a slant. */
  private static float[] bar(double slant) {
    float[] image = new float[SIDE * SIDE];
    for (int y = 4; y < SIDE - 4; y++) {
      for (int x = 0; x < SIDE; x++) {
        double off = x - 13.5 - slant * (y - 13.5);
        image[y * SIDE + x] = (float) Math.exp(-off * off / 8);
      }
    }
    return image;
  }

  private static double distance(float[] a, float[] b) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      square += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(square);
  }

  /** Returns the upper left cell of the block in the middle. */
  private static float[] firstCell(float[] descriptor) {
    int from = (2 * 6 + 2) * 36;
    return java.util.Arrays.copyOfRange(descriptor, from, from + 9);
  }

  private static float[] ramp(java.util.function.Function<Integer, Float> of) {
    float[] image = new float[SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      image[i] = of.apply(i % SIDE);
    }
    return image;
  }

  private static float[] noise(long seed, int length) {
    Random random = new Random(seed);
    float[] image = new float[length];
    for (int i = 0; i < length; i++) {
      image[i] = random.nextFloat();
    }
    return image;
  }
}
