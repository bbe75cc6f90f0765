package org.imageclustering.spark.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageSize;

/**
 * What to read and how: the input options of the command line. Lives on the driver.
 *
 * @param input a file, directory or glob on any Hadoop file system, or {@code sample:mnist}
 * @param format of the input's files
 * @param size that every image is letterboxed to; without it all must have one size already
 * @param channels 1 (grey) or 3 (RGB) for every image; without it grey if all images are
 * @param labels where labels come from: {@code folders} (the folder that holds the image file), a
 *     column of a Parquet table, of CIFAR records their label, fine or coarse one, or IDX label
 *     files, one for each image file in the order of their paths
 * @param idColumn a Parquet table's column of unique ids; without it {@code id}
 * @param maxRejected the largest share of files that may be rejected, in [0, 1]
 * @param classes keeps the images of so many labels alone, the first in their order; needs labels
 */
public record InputOptions(
    String input,
    InputFormat format,
    Optional<ImageSize> size,
    OptionalInt channels,
    Optional<String> labels,
    Optional<String> idColumn,
    double maxRejected,
    OptionalInt classes) {
  /**
   * Half: single damaged files do not stop a run, but a folder that is mostly something else is the
   * wrong folder.
   */
  public static final double DEFAULT_MAX_REJECTED = 0.5;

  /** The value of {@code --labels} that takes each image's folder as its label. */
  public static final String FOLDERS = "folders";

  /**
   * Checks the options.
   *
   * @throws UserException naming the option that has an impossible value
   */
  public InputOptions {
    if (input.isBlank()) {
      throw new UserException("Cannot use --input '': expected a path, a glob or sample:mnist");
    }
    if (channels.isPresent() && channels.getAsInt() != 1 && channels.getAsInt() != 3) {
      throw new UserException(
          "Cannot use --channels %d: expected 1 (grey) or 3 (RGB)".formatted(channels.getAsInt()));
    }
    if (!(maxRejected >= 0 && maxRejected <= 1)) {
      throw new UserException(
          "Cannot use --max-rejected %s: expected a share from 0 to 1".formatted(maxRejected));
    }
    if (classes.isPresent() && classes.getAsInt() < 1) {
      throw new UserException(
          "Cannot use --classes %d: expected 1 or more".formatted(classes.getAsInt()));
    }
  }

  /** Options for an input, everything else by default. */
  public static InputOptions of(String input) {
    return new InputOptions(
        input,
        InputFormat.AUTO,
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        DEFAULT_MAX_REJECTED,
        OptionalInt.empty());
  }

  /**
   * Returns the options that say how a raw input is read, as on the command line, where they are
   * not the default: {@code --size}, {@code --labels}.
   */
  public List<String> given() {
    List<String> given = new ArrayList<>();
    add(given, "--format", format != InputFormat.AUTO);
    add(given, "--size", size.isPresent());
    add(given, "--channels", channels.isPresent());
    add(given, "--labels", labels.isPresent());
    add(given, "--id-column", idColumn.isPresent());
    add(given, "--max-rejected", maxRejected != DEFAULT_MAX_REJECTED);
    add(given, "--classes", classes.isPresent());
    return given;
  }

  private static void add(List<String> given, String name, boolean isGiven) {
    if (isGiven) {
      given.add(name);
    }
  }

  /** Returns these options for another input. */
  public InputOptions withInput(String other) {
    return new InputOptions(other, format, size, channels, labels, idColumn, maxRejected, classes);
  }

  /** Returns these options with another format. */
  public InputOptions withFormat(InputFormat other) {
    return new InputOptions(input, other, size, channels, labels, idColumn, maxRejected, classes);
  }

  /** Returns these options with a size that every image is letterboxed to. */
  public InputOptions withSize(ImageSize other) {
    return new InputOptions(
        input, format, Optional.of(other), channels, labels, idColumn, maxRejected, classes);
  }

  /** Returns these options with the number of channels of every image. */
  public InputOptions withChannels(int other) {
    return new InputOptions(
        input, format, size, OptionalInt.of(other), labels, idColumn, maxRejected, classes);
  }

  /** Returns these options with a source of labels. */
  public InputOptions withLabels(String other) {
    return new InputOptions(
        input, format, size, channels, Optional.of(other), idColumn, maxRejected, classes);
  }

  /** Returns these options with the name of the column of ids. */
  public InputOptions withIdColumn(String other) {
    return new InputOptions(
        input, format, size, channels, labels, Optional.of(other), maxRejected, classes);
  }

  /** Returns these options with the largest share of files that may be rejected. */
  public InputOptions withMaxRejected(double other) {
    return new InputOptions(input, format, size, channels, labels, idColumn, other, classes);
  }

  /** Returns these options with the number of labels whose images are kept. */
  public InputOptions withClasses(int other) {
    return new InputOptions(
        input, format, size, channels, labels, idColumn, maxRejected, OptionalInt.of(other));
  }
}
