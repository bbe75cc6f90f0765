package org.imageclustering.spark.job;

import static org.apache.spark.sql.functions.col;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;
import org.imageclustering.descriptor.Descriptor;
import org.imageclustering.descriptor.DescriptorOptions;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.descriptor.ImageDescriptor;
import org.imageclustering.spark.descriptor.ImageDescriptorModel;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.Settings;

/**
 * How an image enters a method: the keys {@code features} and {@code final}.
 *
 * <table>
 *   <caption>What a representation takes, and the sections of the configuration it depends on</caption>
 *   <tr><td>pixels</td><td>images</td><td></td></tr>
 *   <tr><td>pca</td><td>images</td><td>pca</td></tr>
 *   <tr><td>hog, views</td><td>images</td><td>hog, pca</td></tr>
 *   <tr><td>column</td><td>vectors</td><td></td></tr>
 *   <tr><td>edges</td><td>images or vectors, for their ids</td><td>spectral</td></tr>
 * </table>
 *
 * <p>Which of them a method takes, and which last steps, the method says: {@link
 * Method#representations} and {@link Method#lastSteps}.
 */
public final class Representation {
  /** An image's pixels, in [0, 1]. */
  public static final String PIXELS = "pixels";

  /** The principal components of an image's pixels. */
  public static final String PCA = "pca";

  /** Histograms of oriented gradients. */
  public static final String HOG = "hog";

  /** Histograms of oriented gradients, and a small picture, as views of their own. */
  public static final String VIEWS = "views";

  /** The vector column of a data set of vectors. */
  public static final String COLUMN = "column";

  /** A table of edges; the data set, of whatever kind, names the nodes. */
  public static final String EDGES = "edges";

  /** What a method that works on vectors takes, the default first. */
  static final List<String> VECTORS = List.of(PIXELS, PCA, HOG, VIEWS, COLUMN);

  private static final String AUTO = "auto";

  private final Dataset<Row> features;
  private final ImageDescriptorModel descriptor;

  private Representation(Dataset<Row> features, ImageDescriptorModel descriptor) {
    this.features = features;
    this.descriptor = descriptor;
  }

  /**
   * Returns the configuration with {@code final} concrete, and {@code features} checked.
   *
   * @throws UserException if the method has no such representation or last step
   */
  static Config checked(Method method, Config config) {
    String features = config.getString("features");
    if (!features.equals(AUTO)) {
      oneOf(method, "features", features, method.representations());
    }
    String last = config.getString("final");
    if (last.equals(AUTO)) {
      return Settings.with(config, "final", method.lastSteps().get(0));
    }
    oneOf(method, "final", last, method.lastSteps());
    return config;
  }

  /**
   * Returns the configuration with {@code features} concrete for this input.
   *
   * @throws UserException if the method does not take such input
   */
  static Config resolved(Method method, Config config, DatasetShape shape) {
    String features = config.getString("features");
    List<String> fitting =
        method.representations().stream().filter(name -> takes(name, shape)).toList();
    if (fitting.isEmpty() || !(features.equals(AUTO) || fitting.contains(features))) {
      throw new UserException(
          "Cannot run %s with --features %s: found a data set of %s, expected one of %s"
              .formatted(
                  method.name(),
                  features,
                  shape.isOfImages() ? "images" : "vectors",
                  features.equals(COLUMN) ? "vectors" : "images"));
    }
    return features.equals(AUTO) ? Settings.with(config, "features", fitting.get(0)) : config;
  }

  private static boolean takes(String features, DatasetShape shape) {
    return features.equals(EDGES) || features.equals(COLUMN) == !shape.isOfImages();
  }

  /** Returns the sections of the configuration that a representation depends on. */
  static List<String> sections(String features) {
    return switch (features) {
      case HOG, VIEWS -> List.of(HOG, PCA);
      case PCA -> List.of(PCA);
      default -> List.of();
    };
  }

  /** Returns the URI of the edges where the configuration clusters some. */
  static Optional<String> edges(Config config) {
    return Optional.of(config.getString("spectral.edges"))
        .filter(uri -> config.getString("features").equals(EDGES) && !uri.isEmpty());
  }

  /**
   * Checks that the input can be described as the configuration says, before any Spark job.
   *
   * @throws UserException naming the option
   */
  static void check(DatasetShape shape, Config config) {
    if (config.getString("features").equals(EDGES) && edges(config).isEmpty()) {
      throw new UserException(
          "Cannot use --features edges: found no spectral.edges, expected the URI of a Parquet table of source, target and weight");
    }
    if (shape.isOfImages() && !config.getString("features").equals(EDGES)) {
      Descriptor.isFitted(DescriptorOptions.of(config), shape.image());
    }
  }

  /**
   * Returns the input as vectors; what is costly to compute is a stage of the run, {@code
   * features}.
   *
   * @param config with {@code features} concrete
   */
  static Representation of(MethodInput input, Config config, StageStore stages) {
    if (!input.shape().isOfImages()) {
      return new Representation(
          input.rows().select(col("id"), functions.array_to_vector(col("vector")).as("features")),
          null);
    }
    Dataset<Row> images = input.images();
    ImageDescriptorModel descriptor =
        stages.step(
            "descriptor",
            () ->
                new ImageDescriptor()
                    .setSeed(config.getLong("seed"))
                    .setSettings(settings(config))
                    .fit(images));
    stages.measure("descriptor", "entries", descriptor.length());
    Dataset<Row> described = descriptor.transform(images).drop("image");
    boolean isCheap = config.getString("features").equals(PIXELS);
    return new Representation(
        isCheap ? described : stages.once("features", "", () -> described), descriptor);
  }

  /** Returns id, features. */
  Dataset<Row> features() {
    return features;
  }

  /** Returns a fitted method as a model of the input as it came, images or vectors. */
  PipelineModel model(Transformer fitted) {
    List<Transformer> stages = descriptor == null ? List.of(fitted) : List.of(descriptor, fitted);
    return new PipelineModel("imageClustering_" + fitted.uid(), stages);
  }

  /** Returns all that such a model adds to an input, with the ids. */
  static Dataset<Row> assigned(MethodInput input, Transformer model) {
    Dataset<Row> rows =
        input.shape().isOfImages()
            ? input.images()
            : input
                .rows()
                .select(col("id"), functions.array_to_vector(col("vector")).as("features"));
    return model.transform(rows).drop("image");
  }

  /** Returns the part of the configuration that a descriptor depends on, in HOCON. */
  private static String settings(Config config) {
    Config own = Settings.with(ConfigFactory.empty(), "features", config.getString("features"));
    for (String section : List.of(HOG, PCA)) {
      own = own.withValue(section, config.getValue(section));
    }
    return Settings.json(own);
  }

  private static void oneOf(Method method, String key, String found, List<String> known) {
    if (!known.contains(found)) {
      throw new UserException(
          "Cannot run %s with --%s %s: expected one of %s"
              .formatted(method.name(), key, found, String.join(", ", known)));
    }
  }
}
