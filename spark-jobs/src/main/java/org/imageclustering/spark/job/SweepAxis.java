package org.imageclustering.spark.job;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.regex.Pattern;
import org.imageclustering.UserException;

/**
 * One option that a sweep varies.
 *
 * @param key of the configuration, or {@code config} for presets
 * @param values in HOCON, in the order in which they were given
 */
record SweepAxis(String key, List<String> values) {
  /** The key whose values are presets or files instead of values of one key. */
  static final String PRESET = "config";

  /** What a file system or a shell would misread in a directory's name. */
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._=+-]+");

  private static final int LONGEST_NAME = 60;

  /**
   * Reads {@code key=a,b,c}; a value may be a list: {@code key=[a],[a,b]}.
   *
   * @throws UserException if there is no key, no value, or one that is no HOCON
   */
  static SweepAxis parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || text.substring(equals + 1).isBlank()) {
      throw new UserException(
          "Cannot use --over '%s': expected key=value,value,...".formatted(text));
    }
    String key = text.substring(0, equals).trim();
    try {
      List<String> values =
          ConfigFactory.parseString("values = [" + text.substring(equals + 1) + "]")
              .getList("values")
              .stream()
              .map(SweepAxis::render)
              .toList();
      return new SweepAxis(key, values);
    } catch (ConfigException e) {
      throw new UserException(
          "Cannot use --over '%s': found %s, expected key=value,value,... in HOCON"
              .formatted(text, e.getMessage()),
          e);
    }
  }

  private static String render(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? (String) value.unwrapped()
        : value.render(ConfigRenderOptions.concise());
  }

  /** Returns the value's part of a run's directory name: the key's last word and the value. */
  String nameOf(String value) {
    String name = key.substring(key.lastIndexOf('.') + 1) + "=" + value.replace("\"", "");
    String safe = UNSAFE.matcher(name).replaceAll("_");
    return safe.substring(0, Math.min(LONGEST_NAME, safe.length()));
  }
}
