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
 * What a sweep varies: one key, or several at once under one name.
 *
 * @param key of the configuration, {@code config} for presets, or the name of what is varied
 * @param variants in the order in which they were given
 */
record SweepAxis(String key, List<Variant> variants) {
  /** The key whose values are presets or files instead of values of one key. */
  static final String PRESET = "config";

  /** What a file system or a shell would misread in a directory's name. */
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._=+-]+");

  private static final int LONGEST_NAME = 60;
  private static final int HASH_DIGITS = 8;

  /** Copies the list. */
  SweepAxis {
    variants = List.copyOf(variants);
  }

  /**
   * One value.
   *
   * @param value as it is shown
   * @param assignments {@code key=value} of the configuration; none for a preset
   */
  record Variant(String value, List<String> assignments) {
    /** Copies the list. */
    Variant {
      assignments = List.copyOf(assignments);
    }
  }

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
      List<Variant> variants =
          ConfigFactory.parseString("values = [" + text.substring(equals + 1) + "]")
              .getList("values")
              .stream()
              .map(SweepAxis::render)
              .map(value -> variant(key, value))
              .toList();
      return new SweepAxis(key, variants);
    } catch (ConfigException e) {
      throw new UserException(
          "Cannot use --over '%s': found %s, expected key=value,value,... in HOCON"
              .formatted(text, e.getMessage()),
          e);
    }
  }

  private static Variant variant(String key, String value) {
    return new Variant(value, key.equals(PRESET) ? List.of() : List.of(key + "=" + value));
  }

  private static String render(ConfigValue value) {
    return value.valueType() == ConfigValueType.STRING
        ? (String) value.unwrapped()
        : value.render(ConfigRenderOptions.concise());
  }

  /** Returns the values as they are shown. */
  List<String> values() {
    return variants.stream().map(Variant::value).toList();
  }

  /** Returns what a value sets. */
  List<String> assignments(String value) {
    return variants.stream()
        .filter(variant -> variant.value().equals(value))
        .findFirst()
        .orElseThrow()
        .assignments();
  }

  /** Returns the key's last word and the value: as people read them, and not always different. */
  String labelOf(String value) {
    return key.substring(key.lastIndexOf('.') + 1) + "=" + value;
  }

  /**
   * Returns the value's part of a run's directory name: its label, with digits of a hash where the
   * label is too long or has characters that a name should not have, so that no two values share a
   * directory.
   */
  String nameOf(String value) {
    String label = labelOf(value);
    String safe = UNSAFE.matcher(label.replace("\"", "")).replaceAll("_");
    String name = safe.substring(0, Math.min(LONGEST_NAME, safe.length()));
    return name.equals(label)
        ? name
        : name + "-" + Identity.sha256(label).substring(0, HASH_DIGITS);
  }
}
