package org.imageclustering.data;

import java.util.Arrays;

/**
 * An image in memory: {@code height x width x channels} unsigned bytes, row-major, channels
 * innermost (HWC), in [0, 255]; one channel is grey, three are RGB.
 */
public final class PixelImage {
  private final int height;
  private final int width;
  private final int channels;
  private final byte[] pixels;

  /**
   * An image over the given bytes, which are not copied.
   *
   * @param pixels {@code height * width * channels} unsigned bytes, HWC
   * @throws IllegalArgumentException if a side is below 1, the channels are neither 1 nor 3, or the
   *     length differs from the product
   */
  public PixelImage(int height, int width, int channels, byte[] pixels) {
    if (height < 1 || width < 1 || (channels != 1 && channels != 3)) {
      throw new IllegalArgumentException(
          "Cannot hold an image of " + height + "x" + width + "x" + channels);
    }
    if (pixels.length != (long) height * width * channels) {
      throw new IllegalArgumentException(
          "Cannot hold an image of %dx%dx%d in %d bytes"
              .formatted(height, width, channels, pixels.length));
    }
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.pixels = pixels;
  }

  /** Returns the number of rows. */
  public int height() {
    return height;
  }

  /** Returns the number of columns. */
  public int width() {
    return width;
  }

  /** Returns 1 (grey) or 3 (RGB). */
  public int channels() {
    return channels;
  }

  /** Returns the pixels themselves, HWC; not a copy. */
  public byte[] pixels() {
    return pixels;
  }

  /** Returns one sample in [0, 255]. */
  public int sample(int row, int column, int channel) {
    return pixels[(row * width + column) * channels + channel] & 0xff;
  }

  /**
   * Returns this image in the given number of channels: itself where they agree, grey repeated
   * three times, or colour as luma by ITU-R BT.601 (0.299 R + 0.587 G + 0.114 B), rounded.
   *
   * @param wanted 1 or 3
   */
  public PixelImage toChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    return new PixelImage(height, width, wanted, wanted == 3 ? repeated() : luma());
  }

  private byte[] repeated() {
    byte[] rgb = new byte[Math.multiplyExact(pixels.length, 3)];
    for (int i = 0; i < pixels.length; i++) {
      Arrays.fill(rgb, 3 * i, 3 * i + 3, pixels[i]);
    }
    return rgb;
  }

  private byte[] luma() {
    byte[] grey = new byte[pixels.length / 3];
    for (int i = 0; i < grey.length; i++) {
      int red = pixels[3 * i] & 0xff;
      int green = pixels[3 * i + 1] & 0xff;
      int blue = pixels[3 * i + 2] & 0xff;
      grey[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
    return grey;
  }
}
