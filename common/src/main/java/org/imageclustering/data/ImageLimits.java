package org.imageclustering.data;

import org.imageclustering.UserException;

/**
 * How large an image file may be before its pixels are looked at.
 *
 * @param pixels the most pixels that a header may claim, 1 or more
 * @param bytes the most bytes that a file may have, 1 or more
 */
public record ImageLimits(long pixels, long bytes) {
  /** 100 megapixels and 256 MiB. */
  public static final ImageLimits DEFAULT = new ImageLimits(100_000_000, 256L << 20);

  /**
   * Checks the limits.
   *
   * @throws UserException if one is below 1
   */
  public ImageLimits {
    if (pixels < 1 || bytes < 1) {
      throw new UserException(
          "Cannot limit images to %d pixels and %d bytes: expected 1 or more"
              .formatted(pixels, bytes));
    }
  }
}
