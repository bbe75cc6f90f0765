package org.imageclustering.spark.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.imageclustering.UserException;

/** What an input is made of. */
public enum InputFormat {
  /** Told by the first bytes of the input's files. */
  AUTO,
  /** IDX files of unsigned bytes, plain or gzipped. */
  IDX,
  /** Binary CIFAR-10 or CIFAR-100 files. */
  CIFAR,
  /** A folder of image files, at any depth. */
  IMAGES,
  /** Parquet with a column of images, encoded images or vectors. */
  PARQUET;

  /**
   * Returns the format of a name as on the command line.
   *
   * @throws UserException if there is none of that name
   */
  public static InputFormat parse(String name) {
    for (InputFormat format : values()) {
      if (format.toString().equals(name)) {
        return format;
      }
    }
    String known =
        Arrays.stream(values()).map(InputFormat::toString).collect(Collectors.joining(", "));
    throw new UserException("Cannot use --format %s: expected one of %s".formatted(name, known));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
