package org.imageclustering.spark.cli;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.job.ExitCode;
import org.imageclustering.spark.job.Sessions;
import org.imageclustering.spark.progress.Progress;

/** Runs a job in a session of its own and prints what it returns. */
final class Work {
  private Work() {}

  static int inSession(String name, Function<SparkSession, List<String>> job) {
    boolean isShared = Sessions.isShared();
    SparkSession spark = Sessions.open("image-clustering " + name);
    try {
      watched(spark, job).forEach(System.out::println);
      return ExitCode.DONE;
    } finally {
      if (!isShared) {
        spark.stop();
      }
    }
  }

  private static List<String> watched(
      SparkSession spark, Function<SparkSession, List<String>> job) {
    Progress progress = Progress.watch(spark);
    try {
      return job.apply(spark);
    } finally {
      progress.close();
    }
  }
}
