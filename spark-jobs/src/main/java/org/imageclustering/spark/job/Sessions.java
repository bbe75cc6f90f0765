package org.imageclustering.spark.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Opens the Spark session of a command. */
public final class Sessions {
  private Sessions() {}

  /**
   * Returns a session with our defaults for every key that neither the site nor the command line
   * has set; on this machine's cores where no master is set at all.
   *
   * @param name of the application in Spark's user interfaces
   */
  public static SparkSession open(String name) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      setMissing(conf, "/spark-defaults-local.conf");
    }
    setMissing(conf, "/spark-defaults.conf");
    return SparkSession.builder().appName(name).config(conf).getOrCreate();
  }

  /**
   * Returns whether a session runs already, which whoever opened it also stops: where a command is
   * called from a program or a notebook.
   */
  public static boolean isShared() {
    return SparkSession.getDefaultSession().isDefined()
        && !SparkSession.getDefaultSession().get().sparkContext().isStopped();
  }

  /** Returns whether the driver runs in the cluster, where nobody sees its process: deploy mode. */
  public static boolean isInCluster(SparkConf conf) {
    return conf.get("spark.submit.deployMode", "client").equals("cluster");
  }

  private static void setMissing(SparkConf conf, String resource) {
    Properties defaults = new Properties();
    try (InputStream in =
        Objects.requireNonNull(Sessions.class.getResourceAsStream(resource), resource)) {
      defaults.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    defaults.forEach((key, value) -> conf.setIfMissing((String) key, (String) value));
  }
}
