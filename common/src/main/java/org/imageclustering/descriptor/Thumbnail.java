package org.imageclustering.descriptor;

import org.imageclustering.patch.MapShape;

/**
 * A small picture of an image, at most 32 pixels high and wide: means over cells of pixels, each
 * pixel in one cell. Images that are small already keep their pixels. Immutable, safe for many
 * threads; O(pixels) an image.
 */
final class Thumbnail implements ImageView {
  private static final long serialVersionUID = 1L;

  private static final int MOST = 32;

  private final MapShape image;
  private final MapShape small;
  private final boolean deskew;

  /**
   * Thumbnails of images of this shape.
   *
   * @param deskew whether images are made upright before (see {@link Deskew})
   */
  Thumbnail(MapShape image, boolean deskew) {
    this.image = image;
    this.deskew = deskew;
    this.small =
        new MapShape(
            Math.min(MOST, image.height()), Math.min(MOST, image.width()), image.channels());
  }

  @Override
  public int length() {
    return small.length();
  }

  @Override
  public float[] of(float[] values) {
    float[] upright =
        deskew ? Deskew.of(values, image.height(), image.width(), image.channels()) : values;
    if (small.equals(image)) {
      return upright;
    }
    float[] means = new float[small.length()];
    int[] counts = new int[small.height() * small.width()];
    for (int y = 0; y < image.height(); y++) {
      int row = (int) ((long) y * small.height() / image.height());
      for (int x = 0; x < image.width(); x++) {
        int cell = row * small.width() + (int) ((long) x * small.width() / image.width());
        counts[cell]++;
        for (int c = 0; c < image.channels(); c++) {
          means[cell * image.channels() + c] +=
              upright[(y * image.width() + x) * image.channels() + c];
        }
      }
    }
    for (int i = 0; i < means.length; i++) {
      means[i] /= counts[i / image.channels()];
    }
    return means;
  }
}
