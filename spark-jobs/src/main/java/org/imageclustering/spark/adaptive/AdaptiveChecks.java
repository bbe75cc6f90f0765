package org.imageclustering.spark.adaptive;

import com.typesafe.config.Config;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.training.Natives;
import org.imageclustering.spark.training.TrainingOptions;

/** What can be said of a configuration before anything is computed. */
public final class AdaptiveChecks {
  private static final double PAIRS = 1.3;

  private AdaptiveChecks() {}

  /**
   * Checks every option for images of a shape.
   *
   * @return the number of multiplications and additions of one image's step
   * @throws UserException naming the option that is out of range
   */
  public static double require(Config config, MapShape image) {
    TrainingOptions training = TrainingOptions.of(config);
    if (training.batch() < 2) {
      throw new UserException(
          "Cannot use training.batch for dac: found %d, expected 2 or more: a batch of one image has no pairs and no statistics"
              .formatted(training.batch()));
    }
    AdaptiveOptions options = AdaptiveOptions.of(config);
    if (options.isFirstDescribed()) {
      FirstVectors.of(config, options.firstFeatures(), image);
    }
    AdaptiveNetwork network = AdaptiveNetwork.of(config, image);
    Natives.require();
    return network.work();
  }

  /**
   * Returns the number of images' steps of a training; one with pairs costs a forward pass more and
   * counts {@value #PAIRS}.
   */
  public static double steps(Config config, long imageCount) {
    AdaptiveOptions options = AdaptiveOptions.of(config);
    double epochs =
        options.warmUpEpochs() + PAIRS * (options.totalEpochs() - options.warmUpEpochs());
    return epochs * TrainingOptions.of(config).passes(imageCount) * imageCount;
  }
}
