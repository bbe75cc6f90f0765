package org.imageclustering.spark.cli;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The first of the bundled real digits, as the IDX files that a user would have. */
final class SmallDigits {
  static final int COUNT = 120;
  private static final String SAMPLE = "/sample/mnist/t10k-5000-";

  private SmallDigits() {}

  /** Writes {@code images.idx} and returns its path. */
  static Path images(Path folder) throws IOException {
    return copy("images-idx3-ubyte.gz", folder.resolve("images.idx"), 16, 784);
  }

  /** Writes {@code labels.idx} and returns its path. */
  static Path labels(Path folder) throws IOException {
    return copy("labels-idx1-ubyte.gz", folder.resolve("labels.idx"), 8, 1);
  }

  private static Path copy(String sample, Path target, int header, int itemBytes)
      throws IOException {
    try (InputStream raw =
            Objects.requireNonNull(SmallDigits.class.getResourceAsStream(SAMPLE + sample), sample);
        DataInputStream in = new DataInputStream(new GZIPInputStream(raw));
        OutputStream file = Files.newOutputStream(target);
        DataOutputStream out = new DataOutputStream(file)) {
      out.writeInt(in.readInt());
      in.readInt();
      out.writeInt(COUNT);
      out.write(in.readNBytes(header - 8));
      out.write(in.readNBytes(COUNT * itemBytes));
    }
    return target;
  }
}
