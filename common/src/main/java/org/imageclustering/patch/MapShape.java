package org.imageclustering.patch;

import java.io.Serializable;

/** Height, width and number of channels of one image or of its feature maps; all at least 1. */
public final class MapShape implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int height;
  private final int width;
  private final int channels;

  /** A shape. */
  public MapShape(int height, int width, int channels) {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "Cannot use the shape " + height + "x" + width + "x" + channels + ": expected 1 or more");
    }
    this.height = height;
    this.width = width;
    this.channels = channels;
  }

  /** Returns the number of rows. */
  public int height() {
    return height;
  }

  /** Returns the number of columns. */
  public int width() {
    return width;
  }

  /** Returns the number of channels, or maps. */
  public int channels() {
    return channels;
  }

  /** Returns the number of values: height x width x channels. */
  public int length() {
    return Math.multiplyExact(Math.multiplyExact(height, width), channels);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MapShape that
        && height == that.height
        && width == that.width
        && channels == that.channels;
  }

  @Override
  public int hashCode() {
    return (31 * height + width) * 31 + channels;
  }

  @Override
  public String toString() {
    return height + "x" + width + "x" + channels;
  }
}
