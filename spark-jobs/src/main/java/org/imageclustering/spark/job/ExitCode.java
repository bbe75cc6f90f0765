package org.imageclustering.spark.job;

/** What the process returns to its caller. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** A bug: the log has the stack trace. */
  public static final int BUG = 1;

  /** The line cannot be parsed. */
  public static final int LINE = 2;

  /** A value, a file or data that the user can mend. */
  public static final int USER = 3;

  private ExitCode() {}
}
