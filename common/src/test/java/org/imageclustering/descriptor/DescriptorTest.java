package org.imageclustering.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.imageclustering.UserException;
import org.imageclustering.descriptor.DescriptorOptions.Kind;
import org.imageclustering.patch.MapShape;
import org.junit.jupiter.api.Test;

/** What a descriptor keeps of images, with and without a projection. */
final class DescriptorTest {
  private static final MapShape SHAPE = new MapShape(8, 8, 1);

  @Test
  void pixelsAreShares() {
    Descriptor descriptor = Descriptor.fit(options(Kind.PIXELS, 3), SHAPE, new byte[0][], 1);
    byte[] image = new byte[64];
    image[5] = (byte) 255;
    assertThat(descriptor.of(image)[5]).isEqualTo(1f);
    assertThat(descriptor.length()).isEqualTo(64);
  }

  @Test
  void componentsKeepTheDistancesOfAPlane() {
    byte[][] images = plane(40);
    Descriptor descriptor = Descriptor.fit(options(Kind.PCA, 2), SHAPE, images, 1);
    Descriptor pixels = Descriptor.fit(options(Kind.PIXELS, 2), SHAPE, new byte[0][], 1);
    assertThat(descriptor.length()).isEqualTo(2);
    for (int i = 1; i < images.length; i++) {
      double before = distance(pixels.of(images[0]), pixels.of(images[i]));
      double after = distance(descriptor.of(images[0]), descriptor.of(images[i]));
      assertThat(after).isEqualTo(before, within(1e-3 * before + 1e-6));
    }
    Descriptor again = Descriptor.of(options(Kind.PCA, 2), SHAPE, descriptor.arrays());
    assertThat(again.of(images[3])).isEqualTo(descriptor.of(images[3]));
  }

  @Test
  void histogramsAreProjectedOnlyWhereThatShortensThem() {
    assertThat(Descriptor.isFitted(options(Kind.HOG, 10), SHAPE)).isTrue();
    assertThat(Descriptor.isFitted(options(Kind.HOG, 0), SHAPE)).isFalse();
    assertThat(Descriptor.isFitted(options(Kind.HOG, 5000), SHAPE)).isFalse();
    assertThat(Descriptor.fit(options(Kind.HOG, 10), SHAPE, plane(20), 1).length()).isEqualTo(10);
  }

  @Test
  void viewsAreOfOneScale() {
    MapShape shape = new MapShape(16, 16, 1);
    byte[][] images = noise(60, shape.length());
    Descriptor descriptor = Descriptor.fit(options(Kind.VIEWS, 12), shape, images, 1);
    assertThat(descriptor.lengths()).containsExactly(12, 12, 12);
    assertThat(descriptor.length()).isEqualTo(36);
    for (int view = 0; view < 3; view++) {
      double spread = 0;
      for (int j = 12 * view; j < 12 * (view + 1); j++) {
        int column = j;
        double mean =
            java.util.Arrays.stream(images)
                .mapToDouble(i -> descriptor.of(i)[column])
                .average()
                .orElseThrow();
        spread +=
            java.util.Arrays.stream(images)
                .mapToDouble(i -> Math.pow(descriptor.of(i)[column] - mean, 2))
                .average()
                .orElseThrow();
      }
      assertThat(spread).isEqualTo(1, within(1e-3));
    }
    Descriptor again = Descriptor.of(options(Kind.VIEWS, 12), shape, descriptor.arrays());
    assertThat(again.of(images[3])).isEqualTo(descriptor.of(images[3]));
  }

  @Test
  void photographsHaveViewsToo() {
    MapShape shape = new MapShape(200, 300, 3);
    assertThat(Descriptor.isFitted(options(Kind.VIEWS, 20), shape)).isTrue();
    Descriptor descriptor =
        Descriptor.fit(options(Kind.VIEWS, 20), shape, noise(30, shape.length()), 1);
    assertThat(descriptor.lengths()).containsExactly(20, 20, 20);
  }

  @Test
  void imagesTooLargeForComponentsAreRefused() {
    assertThatThrownBy(() -> Descriptor.isFitted(options(Kind.PCA, 9), new MapShape(200, 300, 3)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use --features pca: found images of 200x300x3 with 180000 entries, expected at most 8192 to find principal components among; a smaller --size would work");
    assertThatThrownBy(() -> options(Kind.PCA, 0))
        .hasMessage("Cannot use pca.components: found 0, expected at least 1");
  }

  private static DescriptorOptions options(Kind kind, int components) {
    return new DescriptorOptions(kind, HogOptions.defaults(), components, 100);
  }

  private static byte[][] noise(int count, int length) {
    Random random = new Random(6);
    byte[][] images = new byte[count][length];
    for (byte[] image : images) {
      random.nextBytes(image);
    }
    return images;
  }

  /** Returns images in a plane of pixel space. */
  private static byte[][] plane(int count) {
    Random random = new Random(4);
    byte[][] images = new byte[count][64];
    for (byte[] image : images) {
      int a = random.nextInt(12);
      int b = random.nextInt(12);
      for (int i = 0; i < 64; i++) {
        image[i] = (byte) (a * (i % 7) + b * (i % 5));
      }
    }
    return images;
  }

  private static double distance(float[] a, float[] b) {
    double square = 0;
    for (int i = 0; i < a.length; i++) {
      square += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(square);
  }
}
