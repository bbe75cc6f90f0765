package org.imageclustering.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.ZipException;
import org.imageclustering.UserException;

/**
 * The records of an IDX file of unsigned bytes, one after the other, from a plain or gzipped
 * stream. Holds one record at a time.
 */
public final class IdxReader implements Closeable {
  private final InputStream in;
  private final Counter counter;
  private final IdxHeader header;
  private long next;

  private IdxReader(InputStream in, Counter counter, IdxHeader header, long next) {
    this.in = in;
    this.counter = counter;
    this.header = header;
    this.next = next;
  }

  /**
   * Opens a file at its start; gzip is recognised by its first bytes, not by the name.
   *
   * @param name of the file, for messages
   * @throws UserException if the head is not that of an IDX file (see {@link IdxHeader#read})
   */
  public static IdxReader open(InputStream in, String name) throws IOException {
    try {
      Counter counter = new Counter(Gzip.unpackedIfPacked(in), 0);
      InputStream buffered = new BufferedInputStream(counter, 1 << 16);
      return new IdxReader(buffered, counter, IdxHeader.read(buffered, name), 0);
    } catch (ZipException e) {
      throw damaged(name, e);
    }
  }

  /**
   * Continues a plain file whose head has been read already, with the stream at the start of the
   * given record: the way for many tasks to read one file.
   */
  public static IdxReader resume(InputStream in, IdxHeader header, long record) {
    Counter counter = new Counter(in, header.offset(record));
    return new IdxReader(new BufferedInputStream(counter, 1 << 16), counter, header, record);
  }

  /** Returns the file's head. */
  public IdxHeader header() {
    return header;
  }

  /** Returns whether another record follows, by what the head promises. */
  public boolean hasNext() {
    return next < header.count();
  }

  /**
   * Returns the bytes of the next record: an image in HWC, or one label.
   *
   * @throws UserException if the file ends before the record does, naming the bytes found and
   *     expected
   */
  public byte[] next() throws IOException {
    try {
      byte[] record = in.readNBytes(header.recordBytes());
      if (record.length < header.recordBytes()) {
        throw header.wrongLength(counter.position);
      }
      next++;
      return record;
    } catch (EOFException e) {
      throw header.wrongLength(counter.position);
    } catch (ZipException e) {
      throw damaged(header.name(), e);
    }
  }

  /**
   * Returns the next record as an image.
   *
   * @throws UserException if the file holds labels, or ends before the record does
   */
  public PixelImage nextImage() throws IOException {
    if (header.isLabels()) {
      throw new UserException(
          "Cannot read images from %s: found labels (rank 1), expected rank 3 or 4"
              .formatted(header.name()));
    }
    return new PixelImage(header.height(), header.width(), header.channels(), next());
  }

  /**
   * Reads to the end and checks that nothing follows the last record.
   *
   * @throws UserException if the file's unpacked length is not the one that its head promises
   */
  public void checkEnd() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
      header.checkLength(counter.position);
    } catch (EOFException e) {
      throw header.wrongLength(counter.position);
    } catch (ZipException e) {
      throw damaged(header.name(), e);
    }
  }

  private static UserException damaged(String name, ZipException e) {
    return new UserException(
        "Cannot read the IDX file %s: found damaged gzip data (%s), expected a whole file"
            .formatted(name, e.getMessage()),
        e);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Where in the unpacked file the stream stands, even after it has failed. */
  private static final class Counter extends FilterInputStream {
    private long position;

    Counter(InputStream in, long position) {
      super(in);
      this.position = position;
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      position += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = in.read(to, offset, length);
      position += Math.max(0, count);
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
