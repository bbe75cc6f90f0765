package org.imageclustering.data;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.Arrays;
import org.imageclustering.UserException;

/**
 * The head of an IDX file (LeCun, Cortes and Burges): two zero bytes, a type (8: unsigned byte),
 * the rank, then each dimension as a big-endian int. Rank 1 are labels, rank 3 grey images {@code
 * count x height x width}, rank 4 images {@code count x height x width x channels}.
 */
public final class IdxHeader implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int UNSIGNED_BYTE = 0x08;

  private final String name;
  private final int[] shape;

  private IdxHeader(String name, int[] shape) {
    this.name = name;
    this.shape = shape;
  }

  /** Returns whether the first bytes of a file, unpacked, are those of an IDX file of any type. */
  public static boolean matches(byte[] head) {
    return head.length >= 4
        && head[0] == 0
        && head[1] == 0
        && head[2] >= 0x08
        && head[2] <= 0x0e
        && head[3] >= 1
        && head[3] <= 4;
  }

  /**
   * Reads and checks the head, and leaves the stream at the first record.
   *
   * @param in the unpacked file, at its start
   * @param name of the file, for messages
   * @throws UserException if it is no IDX file of unsigned bytes, of another rank than 1, 3 or 4,
   *     ends within the head, or claims impossible dimensions
   */
  public static IdxHeader read(InputStream in, String name) throws IOException {
    DataInputStream data = new DataInputStream(in);
    try {
      byte[] magic = data.readNBytes(4);
      checkMagic(magic, name);
      int[] shape = new int[magic[3]];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = data.readInt();
      }
      checkShape(shape, name);
      return new IdxHeader(name, shape);
    } catch (EOFException e) {
      throw new UserException(
          "Cannot read the IDX file %s: found its end within the header".formatted(name)
              + ", expected 4 bytes and one int a dimension",
          e);
    }
  }

  private static void checkMagic(byte[] magic, String name) {
    if (!matches(magic)) {
      throw new UserException(
          "Cannot read the IDX file %s: found the first bytes %s, expected 00 00 08 01, 03 or 04"
              .formatted(name, hex(magic)));
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw new UserException(
          "Cannot read the IDX file %s: found values of type 0x%02x, expected 0x08 (unsigned bytes)"
              .formatted(name, magic[2]));
    }
    if (magic[3] == 2) {
      throw new UserException(
          "Cannot read the IDX file %s: found rank 2, expected 1 (labels), 3 or 4 (images)"
              .formatted(name));
    }
  }

  private static void checkShape(int[] shape, String name) {
    boolean labels = shape.length == 1;
    boolean channelsFit = shape.length < 4 || shape[3] == 1 || shape[3] == 3;
    long bytes = labels ? 1 : Math.max(shape[1], 0) * (long) Math.max(shape[2], 0);
    boolean sides = labels || (shape[1] > 0 && shape[2] > 0 && bytes <= Integer.MAX_VALUE / 4);
    if (shape[0] < 0 || !sides || !channelsFit) {
      throw new UserException(
          "Cannot read the IDX file %s: found the dimensions %s".formatted(name, text(shape))
              + ", expected positive sides and 1 or 3 channels");
    }
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      text.append(text.isEmpty() ? "" : " ").append("%02x".formatted(b));
    }
    return text.isEmpty() ? "none" : text.toString();
  }

  private static String text(int[] shape) {
    return Arrays.toString(shape).replace(", ", "x").replaceAll("[\\[\\]]", "");
  }

  /** Returns the file's name, as in messages. */
  public String name() {
    return name;
  }

  /** Returns the number of records: images or labels. */
  public int count() {
    return shape[0];
  }

  /** Returns whether the records are labels (rank 1) and not images. */
  public boolean isLabels() {
    return shape.length == 1;
  }

  /** Returns the rows of an image; 1 for labels. */
  public int height() {
    return isLabels() ? 1 : shape[1];
  }

  /** Returns the columns of an image; 1 for labels. */
  public int width() {
    return isLabels() ? 1 : shape[2];
  }

  /** Returns the channels of an image: 1 or 3. */
  public int channels() {
    return shape.length == 4 ? shape[3] : 1;
  }

  /** Returns the bytes of one record. */
  public int recordBytes() {
    return height() * width() * channels();
  }

  /** Returns where a record starts in the unpacked file, in bytes. */
  public long offset(long record) {
    return 4L + 4L * shape.length + record * recordBytes();
  }

  /**
   * Checks the length of the whole unpacked file against this head.
   *
   * @throws UserException naming both lengths, where they differ
   */
  public void checkLength(long found) {
    if (found != offset(count())) {
      throw wrongLength(found);
    }
  }

  UserException wrongLength(long found) {
    return new UserException(
        "Cannot read the IDX file %s: found %d bytes, expected %d for the %s its header promises"
            .formatted(name, found, offset(count()), text(shape)));
  }
}
