package org.imageclustering.spark.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.imageclustering.UserException;

/**
 * The keys of {@code reference.conf}: which exist, and what kind of value each takes.
 *
 * <p>Below {@code sa-net.layer.NAME} and {@code sa-net.procedure.NAME} every key passes: the names
 * are the user's, and what stands inside depends on the layer's type, so the method's options check
 * it.
 */
final class KnownKeys {
  private static final Pattern FREE = Pattern.compile("sa-net\\.(layer|procedure)\\.[^.]+(\\..+)?");

  private final SortedMap<String, ConfigValue> leaves;

  private KnownKeys(SortedMap<String, ConfigValue> leaves) {
    this.leaves = leaves;
  }

  static KnownKeys of(Config reference) {
    SortedMap<String, ConfigValue> leaves = leaves(reference);
    leaves.replaceAll((key, value) -> real(reference, key, value));
    return new KnownKeys(leaves);
  }

  /** The library makes a whole number of 3.0; its text tells that any number will do. */
  private static ConfigValue real(Config reference, String key, ConfigValue value) {
    boolean isReal =
        value.valueType() == ConfigValueType.NUMBER && reference.getString(key).contains(".");
    return isReal ? ConfigValueFactory.fromAnyRef(reference.getDouble(key)) : value;
  }

  /** Returns every value that is not an object, nulls included, by its path in key order. */
  static SortedMap<String, ConfigValue> leaves(Config config) {
    SortedMap<String, ConfigValue> found = new TreeMap<>();
    collect("", config.root(), found);
    return found;
  }

  /**
   * Checks that every key is known and its value of the reference's type.
   *
   * @throws UserException naming the key and its source, and the nearest key or the expected type
   */
  void check(Config given, String source) {
    leaves(given).forEach((key, value) -> check(key, value, source));
  }

  private void check(String key, ConfigValue value, String source) {
    if (FREE.matcher(key).matches()) {
      return;
    }
    ConfigValue standard = leaves.get(key);
    if (standard == null) {
      throw unknown(key, value, source);
    }
    String expected = mismatch(standard, value);
    if (expected != null) {
      throw new UserException(
          "Cannot read key '%s' in %s: found %s, expected %s"
              .formatted(key, source, show(value), expected));
    }
  }

  private UserException unknown(String key, ConfigValue value, String source) {
    if (leaves.keySet().stream().anyMatch(known -> known.startsWith(key + "."))) {
      return new UserException(
          "Cannot read key '%s' in %s: found %s, expected a section such as '%s'"
              .formatted(key, source, show(value), leaves.tailMap(key + ".").firstKey()));
    }
    return new UserException(
        "Cannot use key '%s' in %s: found no such key, expected a known one; the nearest is '%s'"
            .formatted(key, source, NearestKey.among(leaves.keySet(), key)));
  }

  /** Returns what is expected instead, or null if the value fits. */
  private static String mismatch(ConfigValue standard, ConfigValue value) {
    ConfigValueType type = value.valueType();
    return switch (standard.valueType()) {
      case NUMBER -> isNumberLike(standard, value) ? null : numberName(standard);
      case BOOLEAN -> type == ConfigValueType.BOOLEAN ? null : "true or false";
      case LIST -> type == ConfigValueType.LIST ? null : "a list such as [a, b]";
      case STRING -> type == ConfigValueType.LIST ? "one value" : null;
      case NULL, OBJECT -> null;
    };
  }

  private static boolean isNumberLike(ConfigValue standard, ConfigValue value) {
    if (value.valueType() != ConfigValueType.NUMBER) {
      return false;
    }
    double number = ((Number) value.unwrapped()).doubleValue();
    return !isWhole(standard) || number == Math.rint(number);
  }

  private static String numberName(ConfigValue standard) {
    return isWhole(standard) ? "a whole number" : "a number";
  }

  private static boolean isWhole(ConfigValue standard) {
    return standard.unwrapped() instanceof Integer || standard.unwrapped() instanceof Long;
  }

  private static String show(ConfigValue value) {
    return value.render(com.typesafe.config.ConfigRenderOptions.concise());
  }

  private static void collect(
      String prefix, ConfigObject object, SortedMap<String, ConfigValue> into) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String path = prefix + entry.getKey();
      if (entry.getValue() instanceof ConfigObject inner) {
        collect(path + ".", inner, into);
      } else {
        into.put(path, entry.getValue());
      }
    }
  }
}
