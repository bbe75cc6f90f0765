package org.imageclustering.data;

import java.util.SplittableRandom;

/**
 * Hides a share of an image's pixels behind a block that is cut from another image of the same
 * shape (SA-Net, section 4.2).
 *
 * <p>The block is as near to the image's own proportions as whole pixels allow; where it is cut and
 * where it is laid are drawn independently.
 */
public final class Occluder {
  private final double share;

  /**
   * An occluder.
   *
   * @param share of the pixels, above 0 and below 1
   * @throws IllegalArgumentException if the share is out of range
   */
  public Occluder(double share) {
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "Cannot hide a share of " + share + ": expected a number above 0 and below 1");
    }
    this.share = share;
  }

  /**
   * Returns a copy of the image with a block of the donor on it.
   *
   * @param image not modified
   * @param donor of the same height, width and channels; not modified
   * @param random two rows and two columns are drawn
   */
  public PixelImage occlude(PixelImage image, PixelImage donor, SplittableRandom random) {
    int height = within((int) Math.round(image.height() * Math.sqrt(share)), image.height());
    double area = share * image.height() * image.width();
    int width = within((int) Math.round(area / height), image.width());
    int toRow = random.nextInt(image.height() - height + 1);
    int toColumn = random.nextInt(image.width() - width + 1);
    int fromRow = random.nextInt(image.height() - height + 1);
    int fromColumn = random.nextInt(image.width() - width + 1);
    byte[] pixels = image.pixels().clone();
    int channels = image.channels();
    for (int row = 0; row < height; row++) {
      System.arraycopy(
          donor.pixels(),
          ((fromRow + row) * image.width() + fromColumn) * channels,
          pixels,
          ((toRow + row) * image.width() + toColumn) * channels,
          width * channels);
    }
    return new PixelImage(image.height(), image.width(), channels, pixels);
  }

  private static int within(int side, int most) {
    return Math.max(1, Math.min(side, most));
  }
}
