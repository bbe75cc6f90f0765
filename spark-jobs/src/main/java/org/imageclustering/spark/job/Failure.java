package org.imageclustering.spark.job;

import com.typesafe.config.ConfigException;
import org.imageclustering.UserException;

/**
 * What an error means to the user: the exit code and the line that both the process and {@code
 * run.json} give. An error may be found in a task, and then Spark's exception holds it as a cause.
 *
 * @param kind decides the exit code, and what becomes of a run
 * @param message one line
 */
public record Failure(Kind kind, String message) {
  /** Who can do something about it. */
  public enum Kind {
    /** The user, by another value, file or data: the run's own results are of no use. */
    INPUT(ExitCode.USER),
    /** The user, by more memory: what is finished serves the next attempt. */
    MEMORY(ExitCode.USER),
    /** Who wrote this program. */
    BUG(ExitCode.BUG);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  /** Classifies an error by the first of its causes, itself included, that tells. */
  public static Failure of(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserException) {
        return new Failure(Kind.INPUT, oneLine(cause.getMessage()));
      }
      if (cause instanceof ConfigException) {
        return new Failure(
            Kind.INPUT, oneLine("Cannot use the configuration: " + cause.getMessage()));
      }
      if (cause instanceof OutOfMemoryError) {
        return new Failure(Kind.MEMORY, fullHeap());
      }
    }
    return new Failure(Kind.BUG, "a bug; the log has the stack trace");
  }

  /** Returns what the process returns to its caller. */
  public int exitCode() {
    return kind.exitCode;
  }

  private static String fullHeap() {
    return "Cannot finish: found the driver's heap of %d MiB full, expected more: see --driver-memory"
        .formatted(Runtime.getRuntime().maxMemory() >> 20);
  }

  private static String oneLine(String message) {
    return message.replace('\n', ' ');
  }
}
