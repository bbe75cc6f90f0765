package org.imageclustering.spark.cli;

import java.net.URISyntaxException;
import java.net.URL;
import java.util.Objects;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;

/** Our logging, where the site has not chosen its own by {@code log4j2.configurationFile}. */
final class Logging {
  private Logging() {}

  /** Ends all logging: while a process stops, what fails on the way is no news. */
  static void silence() {
    Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF);
  }

  static void setUp() {
    if (System.getProperty("log4j2.configurationFile") != null
        || System.getProperty("log4j.configurationFile") != null) {
      return;
    }
    URL ours =
        Objects.requireNonNull(
            Logging.class.getResource("/log4j2.properties"), "log4j2.properties");
    if (LogManager.getContext(false) instanceof LoggerContext context) {
      try {
        context.setConfigLocation(ours.toURI());
      } catch (URISyntaxException e) {
        throw new IllegalStateException("A resource has a URI: " + ours, e);
      }
    }
  }
}
