package org.imageclustering.spark.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.UserException;
import org.imageclustering.data.CifarFormat;
import org.imageclustering.data.Gzip;
import org.imageclustering.data.IdxHeader;
import org.imageclustering.data.ImageFormat;

/** Tells an input's format from the first bytes of its first files, and from names only then. */
final class FormatDetection {
  private static final int FILES = 100;
  private static final int HEAD = 16;

  private FormatDetection() {}

  /**
   * Returns the format that the options name, or else the one that the files show.
   *
   * @throws UserException if none is named and none is shown
   */
  static InputFormat of(InputOptions options, InputFiles input, Configuration hadoop) {
    return options.format() == InputFormat.AUTO ? detect(input, hadoop) : options.format();
  }

  /**
   * Returns the format of the first file, in the order of paths, that shows one.
   *
   * @throws UserException if none of the first hundred files does
   */
  static InputFormat detect(InputFiles input, Configuration hadoop) {
    for (InputFile file : input.files().subList(0, Math.min(FILES, input.files().size()))) {
      Optional<InputFormat> format = InputFiles.unchecked(() -> ofOpened(file, hadoop));
      if (format.isPresent()) {
        return format.get();
      }
    }
    return input.files().stream()
        .limit(FILES)
        .flatMap(file -> ofName(file).stream())
        .findFirst()
        .orElseThrow(() -> unknown(input));
  }

  /** A file that cannot be opened shows nothing. */
  private static Optional<InputFormat> ofOpened(InputFile file, Configuration hadoop)
      throws IOException {
    return InputFiles.ifOpened(() -> ofContent(file, hadoop)).flatMap(shown -> shown);
  }

  private static Optional<InputFormat> ofContent(InputFile file, Configuration hadoop)
      throws IOException {
    byte[] head = head(file, hadoop);
    if (IdxHeader.matches(head)) {
      return Optional.of(InputFormat.IDX);
    }
    if (ImageFormat.of(head).isPresent()) {
      return Optional.of(InputFormat.IMAGES);
    }
    if (new String(head, StandardCharsets.ISO_8859_1).startsWith("PAR1")) {
      return Optional.of(InputFormat.PARQUET);
    }
    boolean cifar = CifarFormat.ofLength(file.length()).isPresent();
    return cifar && file.relative().endsWith(".bin")
        ? Optional.of(InputFormat.CIFAR)
        : Optional.empty();
  }

  private static byte[] head(InputFile file, Configuration hadoop) throws IOException {
    try (InputStream in = InputFiles.open(file.path(), hadoop)) {
      return Gzip.unpackedIfPacked(in).readNBytes(HEAD);
    } catch (ZipException | EOFException e) {
      return new byte[0];
    }
  }

  private static Optional<InputFormat> ofName(InputFile file) {
    String name = file.relative().toLowerCase(Locale.ROOT);
    if (name.matches(".*idx\\d-ubyte(\\.gz)?|.*\\.idx(\\.gz)?")) {
      return Optional.of(InputFormat.IDX);
    }
    if (name.matches(".*\\.(jpe?g|png|bmp|gif|tiff?|webp)")) {
      return Optional.of(InputFormat.IMAGES);
    }
    if (name.endsWith(".bin")) {
      return Optional.of(InputFormat.CIFAR);
    }
    return name.endsWith(".parquet") ? Optional.of(InputFormat.PARQUET) : Optional.empty();
  }

  private static UserException unknown(InputFiles input) {
    return new UserException(
        "Cannot tell the format of %s: found %s, expected IDX, CIFAR, image or Parquet files"
                .formatted(input.input(), input.files().get(0).relative())
            + " (archives unpacked; or name it with --format)");
  }
}
