package org.imageclustering.spark.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.job.ExitCode;
import org.imageclustering.spark.job.Interruption;
import org.imageclustering.spark.job.Sessions;
import org.imageclustering.spark.progress.Progress;

/** Runs a job in a session of its own and prints what it returns. */
final class Work {
  private static final String INTERRUPTED = "Interrupted";

  private Work() {}

  /** Runs a job that leaves nothing to be continued. */
  static int inSession(String name, Function<SparkSession, List<String>> job) {
    return inSession(name, INTERRUPTED, job);
  }

  /** Runs a job that writes a run directory. */
  static int resumable(String name, Function<SparkSession, List<String>> job) {
    return inSession(name, INTERRUPTED + "; continue with --resume", job);
  }

  private static int inSession(
      String name, String farewell, Function<SparkSession, List<String>> job) {
    boolean isShared = Sessions.isShared();
    SparkSession spark = Sessions.open("image-clustering " + name);
    try {
      watched(spark, farewell, job).forEach(System.out::println);
      return ExitCode.DONE;
    } finally {
      if (!isShared) {
        spark.stop();
      }
    }
  }

  private static List<String> watched(
      SparkSession spark, String farewell, Function<SparkSession, List<String>> job) {
    Progress progress = Progress.watch(spark);
    Interruption interruption = Interruption.then(() -> end(progress, farewell));
    try {
      return job.apply(spark);
    } finally {
      interruption.close();
      progress.close();
    }
  }

  private static void end(Progress progress, String farewell) {
    Logging.silence();
    progress.close();
    System.err.println(farewell);
    // The threads of a job that was at work print their stacks past the log when their pools are
    // gone.
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
  }
}
