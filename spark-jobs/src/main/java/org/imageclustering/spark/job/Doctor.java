package org.imageclustering.spark.job;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.linalg.Sgemm;

/** {@code doctor}: what this installation runs on, and what it cannot do. */
public final class Doctor {
  private static final long MIB = 1L << 20;

  private Doctor() {}

  /** Returns one line a fact: {@code name: value}. */
  public static List<String> lines(SparkSession spark) {
    List<String> lines = new ArrayList<>();
    Runtime runtime = Runtime.getRuntime();
    lines.add("product: " + Versions.product());
    lines.add(
        "java: %s (%s), %s"
            .formatted(
                System.getProperty("java.version"),
                System.getProperty("java.vendor"),
                System.getProperty("java.home")));
    lines.add(
        "spark: %s, master %s, %s"
            .formatted(
                spark.version(),
                spark.sparkContext().master(),
                System.getenv().getOrDefault("SPARK_HOME", "no SPARK_HOME")));
    lines.add("scala: " + scala.util.Properties.versionNumberString());
    lines.add(
        "system: %s %s, %d cores"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                runtime.availableProcessors()));
    lines.add(
        "memory: driver heap %d MiB, %d MiB in use"
            .formatted(
                runtime.maxMemory() / MIB, (runtime.totalMemory() - runtime.freeMemory()) / MIB));
    lines.add("matrix products: " + Sgemm.get().description());
    lines.add(
        "blas environment: OPENBLAS_CORETYPE=%s OPENBLAS_NUM_THREADS=%s OMP_NUM_THREADS=%s"
            .formatted(
                environment("OPENBLAS_CORETYPE"),
                environment("OPENBLAS_NUM_THREADS"),
                environment("OMP_NUM_THREADS")));
    lines.addAll(fileSystems(spark));
    lines.add(
        "temporary files: %s, %d MiB free"
            .formatted(
                System.getProperty("java.io.tmpdir"),
                new File(System.getProperty("java.io.tmpdir")).getUsableSpace() / MIB));
    return lines;
  }

  private static String environment(String name) {
    return System.getenv().getOrDefault(name, "(not set)");
  }

  private static List<String> fileSystems(SparkSession spark) {
    List<String> lines = new ArrayList<>();
    var hadoop = spark.sessionState().newHadoopConf();
    lines.add("default file system: " + FileSystem.getDefaultUri(hadoop));
    for (String scheme : List.of("file", "hdfs", "s3a")) {
      lines.add("file system %s: %s".formatted(scheme, implementation(scheme, hadoop)));
    }
    return lines;
  }

  private static String implementation(String scheme, org.apache.hadoop.conf.Configuration hadoop) {
    try {
      return FileSystem.getFileSystemClass(scheme, hadoop).getName();
    } catch (IOException | RuntimeException e) {
      return "not there (%s)".formatted(e.getMessage());
    }
  }
}
