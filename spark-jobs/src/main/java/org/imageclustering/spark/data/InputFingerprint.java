package org.imageclustering.spark.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.imageclustering.data.ImageSize;

/**
 * What an input is, as 64 hexadecimal digits: the same files below another folder have the same
 * one, and so has any partitioning. Below 1 GiB it is SHA-256 over the sorted relative paths and
 * lengths and over the sum, modulo 2^256, of the SHA-256 of each file's path and content; from
 * there on the contents are left out. A file that cannot be opened has a mark for its content.
 */
public final class InputFingerprint {
  private static final long CONTENT_LIMIT = 1L << 30;

  /** Stands for the content of such a file. */
  private static final byte[] NOT_OPENED = "cannot be opened".getBytes(StandardCharsets.UTF_8);

  private InputFingerprint() {}

  /**
   * Returns the fingerprint of what {@link Preparation} would make of these options: of the input
   * and of all that changes the images (format, size, channels, ids), labels left out. Reads the
   * input's files once where they are below 1 GiB.
   *
   * @throws org.imageclustering.UserException if there is no such input, or its format is unknown
   */
  public static String of(SparkSession spark, InputOptions options) {
    return of(spark, options, Optional.empty(), Optional.empty());
  }

  /**
   * Returns the fingerprint of files alone, whatever they hold.
   *
   * @param uri a file, directory or glob
   * @throws org.imageclustering.UserException if nothing is there
   */
  public static String ofFiles(SparkSession spark, String uri) {
    SparkInput sparkInput = new SparkInput(spark);
    return HexFormat.of().formatHex(ofFiles(sparkInput, InputFiles.list(uri, sparkInput.hadoop())));
  }

  /** The same, where images of different sizes would be letterboxed, or parts of them hidden. */
  static String of(
      SparkSession spark,
      InputOptions options,
      Optional<ImageSize> mixedSize,
      Optional<OcclusionOptions> occlusion) {
    if (SampleInput.isSample(options.input())) {
      InputOptions sample = options.withFormat(InputFormat.IDX);
      return with(sample, Optional.empty(), occlusion, SampleInput.sha256(options.input()));
    }
    SparkInput sparkInput = new SparkInput(spark);
    return of(
        sparkInput,
        InputFiles.list(options.input(), sparkInput.hadoop()),
        options,
        mixedSize,
        occlusion);
  }

  static String of(
      SparkInput spark,
      InputFiles input,
      InputOptions options,
      Optional<ImageSize> mixedSize,
      Optional<OcclusionOptions> occlusion) {
    InputFormat format = FormatDetection.of(options, input, spark.hadoop());
    return with(options.withFormat(format), mixedSize, occlusion, ofFiles(spark, input));
  }

  private static byte[] ofFiles(SparkInput spark, InputFiles input) {
    MessageDigest names = InputFile.sha256();
    for (InputFile file : input.files()) {
      names.update(nameAndLength(file));
    }
    if (input.bytes() < CONTENT_LIMIT) {
      names.update(contentSum(spark, input));
    }
    return names.digest();
  }

  /** Whether the sizes do differ is not known before all images are read: the size may count. */
  private static String with(
      InputOptions options,
      Optional<ImageSize> mixedSize,
      Optional<OcclusionOptions> occlusion,
      byte[] input) {
    MessageDigest all = InputFile.sha256();
    all.update(input);
    String settings =
        "format=%s size=%s channels=%s id=%s"
            .formatted(options.format(), options.size(), options.channels(), options.idColumn());
    all.update(settings.getBytes(StandardCharsets.UTF_8));
    if (options.classes().isPresent()) {
      String kept = " classes=" + options.classes().getAsInt() + " of " + options.labels();
      all.update(kept.getBytes(StandardCharsets.UTF_8));
    }
    if (mixedSize.isPresent() && options.size().isEmpty()) {
      all.update((" mixed=" + mixedSize.get()).getBytes(StandardCharsets.UTF_8));
    }
    occlusion.ifPresent(
        hidden -> all.update((" occlusion=" + hidden).getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(all.digest());
  }

  private static byte[] nameAndLength(InputFile file) {
    byte[] name = file.relative().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(name.length + 1 + Long.BYTES)
        .put(name)
        .put((byte) 0)
        .putLong(file.length())
        .array();
  }

  private static byte[] contentSum(SparkInput spark, InputFiles input) {
    List<FileGroup> groups = FileGroup.of(input.files(), spark.tasks(input.bytes()));
    byte[] sum = new byte[32];
    for (byte[] part : sums(spark.oneEach(groups), spark.broadcastHadoop()).collect()) {
      addInPlace(sum, part);
    }
    return sum;
  }

  private static JavaRDD<byte[]> sums(
      JavaRDD<FileGroup> groups, Broadcast<SerializableConfiguration> hadoop) {
    return groups.map(
        group -> {
          byte[] sum = new byte[32];
          for (InputFile file : group.files()) {
            addInPlace(sum, hash(file, hadoop.value().value()));
          }
          return sum;
        });
  }

  private static byte[] hash(InputFile file, Configuration hadoop) throws IOException {
    return InputFiles.ifOpened(() -> content(file, hadoop)).orElseGet(() -> unopened(file));
  }

  private static byte[] unopened(InputFile file) {
    MessageDigest digest = InputFile.sha256();
    digest.update(nameAndLength(file));
    return digest.digest(NOT_OPENED);
  }

  private static byte[] content(InputFile file, Configuration hadoop) throws IOException {
    MessageDigest digest = InputFile.sha256();
    digest.update(nameAndLength(file));
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = InputFiles.open(file.path(), hadoop)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return digest.digest();
  }

  /** Adds two numbers of 256 bits, big-endian; the carry out is dropped. */
  private static void addInPlace(byte[] sum, byte[] other) {
    int carry = 0;
    for (int i = sum.length - 1; i >= 0; i--) {
      carry += (sum[i] & 0xff) + (other[i] & 0xff);
      sum[i] = (byte) carry;
      carry >>>= 8;
    }
  }
}
