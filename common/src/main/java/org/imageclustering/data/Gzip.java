package org.imageclustering.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.GZIPInputStream;

/** Gzip by its first two bytes, whatever a file is called. */
public final class Gzip {
  private static final int FIRST = 0x1f;
  private static final int SECOND = 0x8b;

  private Gzip() {}

  /** Returns whether a file that starts with these bytes is gzipped. */
  public static boolean matches(byte[] head) {
    return head.length >= 2 && (head[0] & 0xff) == FIRST && (head[1] & 0xff) == SECOND;
  }

  /** Returns the unpacked stream of a gzipped file, and any other file as it is. */
  public static InputStream unpackedIfPacked(InputStream in) throws IOException {
    byte[] head = in.readNBytes(2);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
    return matches(head) ? new GZIPInputStream(whole, 1 << 16) : whole;
  }
}
