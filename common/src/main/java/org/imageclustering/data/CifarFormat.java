package org.imageclustering.data;

import java.util.Arrays;
import java.util.Optional;
import org.imageclustering.UserException;

/**
 * The two binary forms of CIFAR (Krizhevsky 2009): each record is one or two label bytes, then
 * 32x32 pixels by plane, red first.
 */
public enum CifarFormat {
  /** CIFAR-10: one label, {@code label}. */
  CIFAR_10(1, "label"),
  /** CIFAR-100: two labels, {@code coarse} and {@code fine}. */
  CIFAR_100(2, "coarse or fine");

  /** Rows and columns of every CIFAR image. */
  public static final int SIDE = 32;

  /** Channels of every CIFAR image. */
  public static final int CHANNELS = 3;

  private static final int PLANE = SIDE * SIDE;

  private final int labelBytes;
  private final String labelNames;

  CifarFormat(int labelBytes, String labelNames) {
    this.labelBytes = labelBytes;
    this.labelNames = labelNames;
  }

  /** Returns the bytes of a record: 3,073 or 3,074. */
  public int recordBytes() {
    return labelBytes + CHANNELS * PLANE;
  }

  /**
   * Returns the form whose records fill a file of this length, CIFAR-10 before CIFAR-100 where both
   * do (first at 9,446,402 bytes, which no published file has), or nothing.
   */
  public static Optional<CifarFormat> ofLength(long bytes) {
    for (CifarFormat format : values()) {
      if (bytes > 0 && bytes % format.recordBytes() == 0) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the form of a file by its length.
   *
   * @throws UserException if the length is no multiple of either record
   */
  public static CifarFormat require(String name, long bytes) {
    return ofLength(bytes)
        .orElseThrow(
            () ->
                new UserException(
                    "Cannot read the CIFAR file %s: found %d bytes, expected a multiple of 3073"
                            .formatted(name, bytes)
                        + " (CIFAR-10) or 3074 (CIFAR-100)"));
  }

  /**
   * Returns which byte of a record is the label of this name.
   *
   * @throws UserException if these records have no such label
   */
  public int labelIndex(String label) {
    int index = Arrays.asList(labelNames.split(" or ", -1)).indexOf(label);
    if (index >= 0) {
      return index;
    }
    throw new UserException(
        "Cannot read the labels of CIFAR records: found --labels %s, expected %s"
            .formatted(label, labelNames));
  }

  /** Returns the image of a record, turned from planes to HWC. */
  public PixelImage image(byte[] bytes) {
    byte[] pixels = new byte[CHANNELS * PLANE];
    for (int channel = 0; channel < CHANNELS; channel++) {
      int plane = labelBytes + channel * PLANE;
      for (int i = 0; i < PLANE; i++) {
        pixels[i * CHANNELS + channel] = bytes[plane + i];
      }
    }
    return new PixelImage(SIDE, SIDE, CHANNELS, pixels);
  }
}
