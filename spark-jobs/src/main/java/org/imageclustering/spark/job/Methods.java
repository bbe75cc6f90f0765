package org.imageclustering.spark.job;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imageclustering.UserException;

/** The methods by name. */
public final class Methods {
  private static final Map<String, Method> BY_NAME = byName();

  private Methods() {}

  /** Returns the names in the order in which they are shown. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /**
   * Returns the method of this name.
   *
   * @throws UserException if there is none; the message lists those there are
   */
  public static Method named(String name) {
    Method method = BY_NAME.get(name);
    if (method == null) {
      throw new UserException(
          "Cannot cluster: found method '%s', expected one of %s"
              .formatted(name, String.join(", ", BY_NAME.keySet())));
    }
    return method;
  }

  private static Map<String, Method> byName() {
    Map<String, Method> methods = new LinkedHashMap<>();
    for (Method method : all()) {
      methods.put(method.name(), method);
    }
    return methods;
  }

  /** One line a method. */
  private static List<Method> all() {
    return Arrays.asList(
        new SaNetMethod(),
        new AutoencoderMethod(AutoencoderMethod.Kind.DENSE),
        new AutoencoderMethod(AutoencoderMethod.Kind.CONVOLUTIONAL),
        new WinnerTakeAllMethod(),
        new CoclusterMethod(),
        new AdaptiveMethod(),
        new SpectralMethod(),
        new KMeansMethod());
  }
}
