package org.imageclustering.spark.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.imageclustering.UserException;
import org.imageclustering.data.ImageSize;
import org.imageclustering.spark.data.InputFormat;
import org.imageclustering.spark.data.InputOptions;
import picocli.CommandLine.Option;

/** The input options that {@code prepare}, {@code cluster} and {@code assign} share. */
final class InputFlags {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "URI",
      description =
          "files, a folder or glob on any Hadoop file system, a prepared data set, or sample:mnist")
  private String input;

  @Option(
      names = "--format",
      defaultValue = "auto",
      paramLabel = "FORMAT",
      description = "auto, idx, cifar, images or parquet; default: ${DEFAULT-VALUE}")
  private String format;

  @Option(
      names = "--size",
      paramLabel = "HxW",
      description = "letterbox every image to this height and width, as 32x48; 32: a square")
  private String size;

  @Option(names = "--channels", paramLabel = "1|3", description = "grey or colour")
  private Integer channels;

  @Option(
      names = "--labels",
      paramLabel = "URI|folders|COLUMN",
      description = "where labels come from; they go to their own table, which only evaluate reads")
  private String labels;

  @Option(
      names = "--id-column",
      paramLabel = "COLUMN",
      description = "unique ids of a Parquet table; default: id")
  private String idColumn;

  @Option(
      names = "--max-rejected",
      paramLabel = "SHARE",
      description = "largest share of files that may be rejected; default: 0.5")
  private Double maxRejected;

  /**
   * Returns the checked options.
   *
   * @throws UserException naming the option that has an impossible value
   */
  InputOptions options() {
    return new InputOptions(
        input,
        InputFormat.parse(format),
        size == null ? Optional.empty() : Optional.of(ImageSize.parse(size)),
        channels == null ? OptionalInt.empty() : OptionalInt.of(channels),
        Optional.ofNullable(labels),
        Optional.ofNullable(idColumn),
        maxRejected == null ? InputOptions.DEFAULT_MAX_REJECTED : maxRejected,
        OptionalInt.empty());
  }
}
