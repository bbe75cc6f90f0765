package org.imageclustering.spark.adaptive;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.descriptor.Descriptor;
import org.imageclustering.descriptor.DescriptorOptions;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.descriptor.ImageDescriptor;
import org.imageclustering.spark.settings.Settings;

/** What the first clusters are made of, where that is not the codes. */
final class FirstVectors {
  private final String settings;
  private final long seed;

  private FirstVectors(String settings, long seed) {
    this.settings = settings;
    this.seed = seed;
  }

  /** What the first clusters are made of. */
  enum Kind {
    CODES,
    PIXELS,
    PCA,
    HOG,
    VIEWS
  }

  /**
   * Returns the descriptions of images of a shape.
   *
   * @throws org.imageclustering.UserException if an option of theirs does not fit the images
   */
  static FirstVectors of(Config config, Kind kind, MapShape image) {
    Config own =
        Settings.with(ConfigFactory.empty(), "features", kind.name().toLowerCase(Locale.ROOT));
    for (String section : List.of("hog", "pca")) {
      own = own.withValue(section, config.getValue(section));
    }
    String settings = Settings.json(own);
    Descriptor.isFitted(DescriptorOptions.of(Settings.over(settings)), image);
    return new FirstVectors(settings, config.getLong("seed"));
  }

  /**
   * Returns id and features of images. Lazy.
   *
   * @param images id, image
   */
  Dataset<Row> of(Dataset<Row> images) {
    return new ImageDescriptor()
        .setSeed(seed)
        .setSettings(settings)
        .fit(images)
        .transform(images)
        .select("id", "features");
  }
}
