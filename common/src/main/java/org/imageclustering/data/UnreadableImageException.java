package org.imageclustering.data;

/** Why an image file was rejected: one short line for the table of rejected files. */
public final class UnreadableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A rejection with its reason. */
  public UnreadableImageException(String reason) {
    super(reason);
  }

  /** A rejection with its reason and the failure that revealed it. */
  public UnreadableImageException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
