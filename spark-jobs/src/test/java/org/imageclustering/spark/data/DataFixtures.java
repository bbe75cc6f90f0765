package org.imageclustering.spark.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Small inputs of every format, made on the spot. */
final class DataFixtures {
  private DataFixtures() {}

  /** IDX of random bytes, drawn by seed. */
  static byte[] idx(long seed, int... shape) {
    int bytes = 1;
    ByteBuffer head = ByteBuffer.allocate(4 + 4 * shape.length);
    head.put(new byte[] {0, 0, 8, (byte) shape.length});
    for (int side : shape) {
      head.putInt(side);
      bytes *= side;
    }
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    return ByteBuffer.allocate(head.capacity() + bytes).put(head.array()).put(content).array();
  }

  static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  static String write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An image file of one grey value. */
  static byte[] grey(int height, int width, int value, String format) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, value);
      }
    }
    return encoded(image, format);
  }

  /** An image file of one colour. */
  static byte[] colour(int height, int width, int rgb, String format) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    return encoded(image, format);
  }

  private static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  /** CIFAR records: the labels 0, 1, 2 ... (and 9, 8, 7 ... where there are two), random pixels. */
  static byte[] cifar(int records, int labels) {
    ByteBuffer all = ByteBuffer.allocate(records * (labels + 3072));
    Random random = new Random(5);
    for (int i = 0; i < records; i++) {
      for (int label = 0; label < labels; label++) {
        all.put((byte) (label == 0 ? i : 9 - i));
      }
      byte[] pixels = new byte[3072];
      random.nextBytes(pixels);
      all.put(pixels);
    }
    return all.array();
  }
}
