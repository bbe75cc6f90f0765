package org.imageclustering.patch;

import java.io.Serializable;

/**
 * The maps of a batch of images: for every image {@code height x width x channels} numbers, with
 * the channel running fastest. Raw images are maps too, with their pixels in [0, 1].
 */
public final class FeatureMaps implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int count;
  private final MapShape shape;
  private final float[] values;

  /**
   * Wraps an array, not copied.
   *
   * @param values {@code count * height * width * channels} entries
   * @throws IllegalArgumentException if the array's length does not fit
   */
  public FeatureMaps(int count, MapShape shape, float[] values) {
    if ((long) count * shape.length() != values.length) {
      throw new IllegalArgumentException(
          "Cannot hold feature maps: found "
              + values.length
              + " values, expected "
              + count
              + " images of "
              + shape);
    }
    this.count = count;
    this.shape = shape;
    this.values = values;
  }

  /** Returns maps of zeros. */
  public static FeatureMaps zeros(int count, MapShape shape) {
    return new FeatureMaps(count, shape, new float[Math.multiplyExact(count, shape.length())]);
  }

  /**
   * Writes an image's bytes as numbers in [0, 1].
   *
   * @param pixels unsigned bytes, height x width x channels
   */
  public void setPixels(int image, byte[] pixels) {
    int offset = offset(image);
    for (int i = 0; i < pixels.length; i++) {
      values[offset + i] = (pixels[i] & 0xff) / 255f;
    }
  }

  /** Returns the number of images. */
  public int count() {
    return count;
  }

  /** Returns the shape of one image's maps. */
  public MapShape shape() {
    return shape;
  }

  /** Returns the values themselves, not a copy. */
  public float[] values() {
    return values;
  }

  /** Returns where an image's values start. */
  public int offset(int image) {
    return image * shape.length();
  }
}
