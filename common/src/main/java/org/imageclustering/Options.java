package org.imageclustering;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the values of options are checked and named, and the one form of the messages about them. */
public final class Options {
  private Options() {}

  /**
   * Checks a value.
   *
   * @param option its name, as {@code svm.cost}
   * @param expected what would hold, as {@code a number above 0}
   * @throws UserException unless it holds
   */
  public static void require(boolean holds, String option, Object found, String expected) {
    if (!holds) {
      throw new UserException(
          "Cannot use %s: found %s, expected %s".formatted(option, found, expected));
    }
  }

  /**
   * Returns the constant of this name, in any case: {@code self-tuning}.
   *
   * @param option the option's name, for the message
   * @throws UserException if there is none
   */
  public static <E extends Enum<E>> E named(Class<E> type, String option, String name) {
    E[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> key(constant).equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "Cannot use %s: found \"%s\", expected one of %s"
                        .formatted(
                            option,
                            name,
                            Arrays.stream(constants)
                                .map(Options::key)
                                .collect(Collectors.joining(", ")))));
  }

  /** Returns a constant's name as options write it: {@code self-tuning}. */
  public static String key(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
