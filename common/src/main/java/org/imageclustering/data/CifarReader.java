package org.imageclustering.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.imageclustering.UserException;

/** The records of a binary CIFAR file, one after the other. Holds one record at a time. */
public final class CifarReader implements Closeable {
  private final InputStream in;
  private final CifarFormat format;
  private final String name;
  private byte[] current;

  /**
   * Reads from a stream that stands at the start of a record.
   *
   * @param name of the file, for messages
   */
  public CifarReader(InputStream in, CifarFormat format, String name) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.format = format;
    this.name = name;
  }

  /**
   * Moves to the next record and returns whether there is one.
   *
   * @throws UserException if the file ends within a record
   */
  public boolean advance() throws IOException {
    byte[] record = in.readNBytes(format.recordBytes());
    if (record.length != 0 && record.length != format.recordBytes()) {
      throw new UserException(
          "Cannot read the CIFAR file %s: found %d bytes in its last record, expected %d"
              .formatted(name, record.length, format.recordBytes()));
    }
    current = record;
    return record.length > 0;
  }

  /** Returns the image of the current record, HWC. */
  public PixelImage image() {
    return format.image(current);
  }

  /** Returns a label of the current record, in [0, 255]. */
  public int label(int index) {
    return current[index] & 0xff;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
