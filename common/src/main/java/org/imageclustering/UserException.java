package org.imageclustering;

/**
 * An error that the user can mend: a value, a file or data that is not as expected.
 *
 * <p>The message is one clear line, "Cannot (do) (what): found (this), expected (that)", and names
 * the option, file, row or id. The command line prints it without a stack trace and exits with 3.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error whose one-line message is for the user's eyes. */
  public UserException(String message) {
    super(message);
  }

  /** An error whose one-line message is for the user's eyes, with the failure that revealed it. */
  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
