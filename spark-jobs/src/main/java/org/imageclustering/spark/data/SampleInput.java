package org.imageclustering.spark.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.imageclustering.UserException;

/**
 * The bundled sample {@code sample:mnist}: the first 5,000 images and labels of MNIST's test set,
 * two gzipped IDX files of 0.8 MB in the application's jar.
 */
final class SampleInput {
  private static final String PREFIX = "sample:";
  private static final String MNIST = PREFIX + "mnist";
  private static final String FOLDER = "/sample/mnist/";
  private static final String IMAGES = "t10k-5000-images-idx3-ubyte.gz";
  private static final String LABELS = "t10k-5000-labels-idx1-ubyte.gz";

  private SampleInput() {}

  static boolean isSample(String input) {
    return input.startsWith(PREFIX);
  }

  /**
   * Copies the sample into a directory, where every executor can read it, and returns the options
   * that read it there, labels included.
   *
   * @throws UserException if there is no sample of that name
   */
  static InputOptions copy(InputOptions options, FileSystem system, Path directory)
      throws IOException {
    check(options.input());
    for (String name : new String[] {IMAGES, LABELS}) {
      try (InputStream in = open(name);
          OutputStream out = system.create(new Path(directory, name))) {
        in.transferTo(out);
      }
    }
    return options
        .withInput(new Path(directory, IMAGES).toString())
        .withFormat(InputFormat.IDX)
        .withLabels(new Path(directory, LABELS).toString());
  }

  /**
   * Returns the SHA-256 of the sample's images.
   *
   * @throws UserException if there is no sample of that name
   */
  static byte[] sha256(String input) {
    check(input);
    return InputFiles.unchecked(
        () -> {
          MessageDigest digest = InputFile.sha256();
          try (InputStream in = open(IMAGES)) {
            digest.update(in.readAllBytes());
          }
          return digest.digest();
        });
  }

  private static void check(String input) {
    if (!input.equals(MNIST)) {
      throw new UserException(
          "Cannot read the sample %s: expected %s, the one there is".formatted(input, MNIST));
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = SampleInput.class.getResourceAsStream(FOLDER + name);
    if (in == null) {
      throw new FileNotFoundException("The application's jar lacks " + FOLDER + name);
    }
    return in;
  }
}
