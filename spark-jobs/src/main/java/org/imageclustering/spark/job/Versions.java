package org.imageclustering.spark.job;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The versions that a run was made with. */
public final class Versions {
  private static final Logger LOG = LoggerFactory.getLogger(Versions.class);

  private Versions() {}

  /** Returns this product's version, as its jar's manifest says. */
  public static String product() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static Map<String, String> ofThis(SparkSession spark) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("product", product());
    versions.put("spark", spark.version());
    versions.put("java", System.getProperty("java.version"));
    versions.put("master", spark.sparkContext().master());
    return versions;
  }

  /** Warns if another version of the product began this run. */
  static void check(RunRecord record) {
    String begun = record.value("versions").path("product").asText();
    if (!begun.isEmpty() && !begun.equals(product())) {
      LOG.warn("Version {} began this run, {} continues it", begun, product());
    }
  }
}
