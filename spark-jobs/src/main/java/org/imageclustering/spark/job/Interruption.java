package org.imageclustering.spark.job;

import org.apache.hadoop.util.ShutdownHookManager;

/**
 * What is done first when the process is told to stop (SIGTERM, Ctrl-C), before Spark stops and the
 * work at hand fails for want of it. Closed where the work ended by itself.
 */
public final class Interruption implements AutoCloseable {
  /** Hooks run in descending order; Spark's has 40, the file systems' 10. */
  private static final int BEFORE_SPARK = 100;

  private final Runnable ending;

  private Interruption(Runnable ending) {
    this.ending = ending;
  }

  /** Has this done when the process is told to stop, until it is closed. */
  public static Interruption then(Runnable ending) {
    ShutdownHookManager.get().addShutdownHook(ending, BEFORE_SPARK);
    return new Interruption(ending);
  }

  /** Returns whether the process is stopping: errors then say no more than that. */
  public static boolean isUnderWay() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }

  @Override
  public void close() {
    if (!isUnderWay()) {
      ShutdownHookManager.get().removeShutdownHook(ending);
    }
  }
}
