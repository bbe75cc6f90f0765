package org.imageclustering.spark.data;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** One file of an input: where it is, its path relative to the input, its length in bytes. */
final class InputFile implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String relative;
  private final long length;
  private final String origin;

  InputFile(String path, String relative, long length) {
    this(path, relative, length, path);
  }

  private InputFile(String path, String relative, long length, String origin) {
    this.path = path;
    this.relative = relative;
    this.length = length;
    this.origin = origin;
  }

  /** Returns the same file under the name that origins show instead of its path. */
  InputFile named(String name) {
    return new InputFile(path, relative, length, name);
  }

  /** Returns how origins name the file: its path, unless it was named otherwise. */
  String origin() {
    return origin;
  }

  String path() {
    return path;
  }

  String relative() {
    return relative;
  }

  long length() {
    return length;
  }

  /** Returns the first 63 bits of the SHA-256 of the relative path. */
  long id() {
    byte[] hash = sha256().digest(relative.getBytes(StandardCharsets.UTF_8));
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | (hash[i] & 0xff);
    }
    return bits >>> 1;
  }

  /** Returns the name of the folder that holds the file, or null if it lies in the input itself. */
  String folder() {
    int end = relative.lastIndexOf('/');
    return end < 0 ? null : relative.substring(relative.lastIndexOf('/', end - 1) + 1, end);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
