package org.imageclustering.sanet;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.patch.Padding;
import org.imageclustering.sanet.SpectralOptions.Centering;
import org.imageclustering.sanet.SpectralOptions.Embedding;

/** Reads {@link SaNetOptions} from the section {@code sa-net} of a configuration. */
public final class SaNetConfig {
  private static final Set<String> SPECTRAL_KEYS =
      Set.of(
          "type",
          "patch",
          "stride",
          "padding",
          "centering",
          "projection",
          "eigenvectors",
          "embedding",
          "procedures");
  private static final Set<String> POOLING_KEYS = Set.of("type", "size", "stride", "padding");
  private static final Set<String> BINARIZATION_KEYS = Set.of("type", "threshold");
  private static final Set<String> CODING_KEYS = Set.of("type", "bits", "order");
  private final Config section;

  private SaNetConfig(Config section) {
    this.section = section;
  }

  /**
   * Returns the options that a configuration describes.
   *
   * @param section the section {@code sa-net}, with every key of the reference configuration
   * @throws UserException if a value, a layer or a procedure is unknown or out of range; the
   *     message names its key
   */
  public static SaNetOptions read(Config section) {
    try {
      return new SaNetConfig(section).options();
    } catch (ConfigException e) {
      throw new UserException("Cannot read the section sa-net: " + e.getMessage(), e);
    }
  }

  private SaNetOptions options() {
    List<LayerOptions> layers = new ArrayList<>();
    for (String name : section.getStringList("network")) {
      layers.add(layer(name));
    }
    return new SaNetOptions(
        layers,
        number(section, "fit-sample", SaNetOptions.AUTO),
        section.getInt("landmark-neighbours"),
        section.getInt("landmarks"));
  }

  private LayerOptions layer(String name) {
    Config layer = named("layer", name);
    String type = layer.hasPath("type") ? layer.getString("type") : "(none)";
    return switch (type) {
      case "spectral" -> spectral(name, layer);
      case "pooling" -> {
        onlyKeys(name, layer, POOLING_KEYS);
        yield new PoolingOptions(
            name,
            number(layer, "size", 3),
            number(layer, "stride", 1),
            choice(name, layer, "padding", Padding.SAME));
      }
      case "binarization" -> {
        onlyKeys(name, layer, BINARIZATION_KEYS);
        yield new BinarizationOptions(
            name, choice(name, layer, "threshold", BinarizationOptions.Threshold.ZERO));
      }
      case "coding" -> {
        onlyKeys(name, layer, CODING_KEYS);
        yield new CodingOptions(
            name,
            number(layer, "bits", 8),
            choice(name, layer, "order", CodingOptions.Order.PROCEDURE));
      }
      default ->
          throw new UserException(
              "Cannot use sa-net.layer.%s.type: found %s, expected spectral, pooling, binarization or coding"
                  .formatted(name, type));
    };
  }

  private SpectralOptions spectral(String name, Config layer) {
    onlyKeys(name, layer, SPECTRAL_KEYS);
    List<ProcedureOptions> procedures = new ArrayList<>();
    if (layer.hasPath("procedures")) {
      for (String procedure : layer.getStringList("procedures")) {
        procedures.add(procedure(procedure));
      }
    }
    return new SpectralOptions(
        name,
        number(layer, "patch", 0),
        number(layer, "stride", 0),
        choice(name, layer, "padding", Padding.SAME),
        choice(name, layer, "centering", Centering.NONE),
        number(layer, "projection", 0),
        number(layer, "eigenvectors", SpectralOptions.EIGENVECTORS),
        isGiven(layer, "eigenvectors"),
        choice(name, layer, "embedding", Embedding.UNIT),
        procedures);
  }

  private ProcedureOptions procedure(String name) {
    return ProcedureConfig.read(name, named("procedure", name));
  }

  private Config named(String kind, String name) {
    Config all = section.getConfig(kind);
    if (!all.root().containsKey(name)) {
      throw new UserException(
          "Cannot find sa-net.%s.%s: found %s, expected one of these in the list"
              .formatted(kind, name, all.root().keySet()));
    }
    return all.getConfig(name);
  }

  private static void onlyKeys(String name, Config config, Set<String> known) {
    for (String key : config.root().keySet()) {
      if (!known.contains(key)) {
        throw new UserException(
            "Cannot use the key %s of %s: expected one of %s"
                .formatted(key, name, known.stream().sorted().toList()));
      }
    }
  }

  static int number(Config config, String key, int otherwise) {
    return isGiven(config, key) ? config.getInt(key) : otherwise;
  }

  private static boolean isGiven(Config config, String key) {
    return config.hasPath(key) && !config.getValue(key).unwrapped().equals("auto");
  }

  static <E extends Enum<E>> E choice(String owner, Config config, String key, E otherwise) {
    if (!config.hasPath(key)) {
      return otherwise;
    }
    return Options.named(otherwise.getDeclaringClass(), owner + "." + key, config.getString(key));
  }
}
