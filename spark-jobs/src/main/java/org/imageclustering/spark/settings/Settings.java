package org.imageclustering.spark.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.UserException;

/**
 * Puts a run's configuration together: {@code --set} over the flags over the preset or file over
 * {@code reference.conf}. System properties and environment variables have no part in it, so that a
 * run depends on what its record says and nothing else.
 */
public final class Settings {
  private static final ConfigResolveOptions NO_SYSTEM = ConfigResolveOptions.noSystem();

  private Settings() {}

  /** Returns the defaults of every key. */
  public static Config reference() {
    return Presets.parse(
            Objects.requireNonNull(Settings.class.getResource("/reference.conf"), "reference.conf"))
        .resolve(NO_SYSTEM);
  }

  /**
   * Returns the resolved configuration: every key of the reference has its value.
   *
   * @param nameOrUri the preset or file of {@code --config}
   * @param flags values of flags that stand for keys ({@code clusters}, {@code seed}); nulls are
   *     flags that were not given
   * @param assignments {@code key=value} of {@code --set}, the last one wins
   * @throws UserException for a key that does not exist or a value of the wrong type
   */
  public static Config resolve(
      String nameOrUri, Map<String, ?> flags, List<String> assignments, Configuration hadoop) {
    Config reference = reference();
    KnownKeys known = KnownKeys.of(reference);
    Config preset = Presets.read(nameOrUri, hadoop);
    Config given = ofFlags(flags);
    for (String assignment : assignments) {
      Config one = ofAssignment(assignment);
      known.check(one, "--set " + assignment);
      given = one.withFallback(given);
    }
    try {
      known.check(
          preset.withFallback(reference).resolve(NO_SYSTEM), "configuration '" + nameOrUri + "'");
      return given.withFallback(preset).withFallback(reference).resolve(NO_SYSTEM);
    } catch (ConfigException e) {
      throw new UserException(
          "Cannot resolve the configuration '%s': found %s, expected values for all substitutions"
              .formatted(nameOrUri, e.getMessage()),
          e);
    }
  }

  /**
   * Returns the reference configuration with a text over it: what an estimator is set up by.
   *
   * @param hocon keys of the reference; may be empty
   * @throws UserException for a key that does not exist or a value of the wrong type
   */
  public static Config over(String hocon) {
    Config reference = reference();
    try {
      Config given = ConfigFactory.parseString(hocon);
      KnownKeys.of(reference).check(given.withFallback(reference).resolve(NO_SYSTEM), "settings");
      return given.withFallback(reference).resolve(NO_SYSTEM);
    } catch (ConfigException e) {
      throw new UserException("Cannot read the settings: " + e.getMessage(), e);
    }
  }

  /** Returns the configuration with one key set. */
  public static Config with(Config config, String key, Object value) {
    return config.withValue(key, ConfigValueFactory.fromAnyRef(value));
  }

  /** Returns the values by path in key order, each in HOCON; what two runs are compared by. */
  public static SortedMap<String, String> flat(Config config) {
    SortedMap<String, String> flat = new TreeMap<>();
    KnownKeys.leaves(config).forEach((key, value) -> flat.put(key, render(value)));
    return flat;
  }

  /** Returns the configuration as JSON. */
  public static String json(Config config) {
    return config.root().render(ConfigRenderOptions.concise());
  }

  private static String render(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  private static Config ofFlags(Map<String, ?> flags) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, ?> flag : flags.entrySet()) {
      if (flag.getValue() != null) {
        config = with(config, flag.getKey(), flag.getValue());
      }
    }
    return config;
  }

  private static Config ofAssignment(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new UserException(
          "Cannot read --set '%s': found no '=', expected key=value".formatted(assignment));
    }
    try {
      return ConfigFactory.parseString(assignment).resolve(NO_SYSTEM);
    } catch (ConfigException e) {
      throw new UserException(
          "Cannot read --set '%s': found %s, expected key=value in HOCON"
              .formatted(assignment, e.getMessage()),
          e);
    }
  }
}
