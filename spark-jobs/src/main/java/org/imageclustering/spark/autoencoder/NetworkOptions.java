package org.imageclustering.spark.autoencoder;

import com.typesafe.config.Config;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.spark.training.AutoencoderGraph.Loss;
import org.imageclustering.spark.training.AutoencoderGraph.Recipe;
import org.imageclustering.spark.training.AutoencoderGraph.Start;
import org.imageclustering.spark.training.AutoencoderGraph.Updater;
import org.nd4j.linalg.activations.Activation;

/**
 * What the networks of both methods have in common.
 *
 * @param section of the configuration, for messages
 * @param code entries of a code, at least 1
 * @param activation of the hidden layers
 * @param codeActivation of the code: identity or that of the hidden layers
 * @param recipe how it is trained
 */
record NetworkOptions(
    String section, int code, Activation activation, Activation codeActivation, Recipe recipe) {

  NetworkOptions {
    require(section, "code", code, code >= 1, "1 or more");
    require(section, "rate", recipe.rate(), recipe.rate() > 0, "more than 0");
    require(section, "weight-decay", recipe.weightDecay(), recipe.weightDecay() >= 0, "0 or more");
  }

  /**
   * Returns the options of a section.
   *
   * @throws UserException naming the key that is out of its range, or if codes are to be made white
   *     that are not linear: the map that whitens them goes into the code layer's weights, before
   *     its activation
   */
  static NetworkOptions of(Config config, String section) {
    Config own = config.getConfig(section);
    require(
        section,
        "code-activation",
        own.getString("code-activation"),
        !own.getBoolean("whiten")
            || named(Shape.class, section, own, "code-activation") == Shape.IDENTITY,
        "identity where %s.whiten = true; set that to false".formatted(section));
    Recipe recipe =
        new Recipe(
            named(Loss.class, section, own, "loss"),
            named(Updater.class, section, own, "updater"),
            own.getDouble("rate"),
            own.getDouble("weight-decay"),
            named(Start.class, section, own, "start"),
            config.getLong("seed"));
    return new NetworkOptions(
        section,
        own.getInt("code"),
        activation(named(Shape.class, section, own, "activation")),
        activation(named(Shape.class, section, own, "code-activation")),
        recipe);
  }

  /** The activations that there are. */
  private enum Shape {
    IDENTITY,
    RELU,
    LEAKY_RELU,
    SIGMOID
  }

  private static Activation activation(Shape shape) {
    return shape == Shape.LEAKY_RELU ? Activation.LEAKYRELU : Activation.valueOf(shape.name());
  }

  static <E extends Enum<E>> E named(Class<E> type, String section, Config own, String key) {
    return Options.named(type, section + "." + key, own.getString(key));
  }

  static void require(String section, String key, Object value, boolean isRight, String expected) {
    Options.require(isRight, section + "." + key, value, expected);
  }

  /**
   * Checks the code against the image.
   *
   * @throws UserException if the code is not shorter
   */
  void requireFits(int imageLength) {
    require(
        section,
        "code",
        code,
        code < imageLength,
        "less than the %d numbers of an image".formatted(imageLength));
  }
}
