package org.imageclustering.spark.adaptive;

import com.typesafe.config.Config;
import java.util.Optional;
import org.imageclustering.Options;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spark.training.FirstClusters;
import org.imageclustering.spark.training.JointOptions;

/**
 * How autoencoder and clusters are learned together (Algorithm 1).
 *
 * @param clusters K, at least 2
 * @param warmUpEpochs epochs on the reconstruction alone
 * @param first the clusters that label the pairs in the first epochs, if any
 * @param firstFeatures what the spectral step makes the first clusters of
 * @param firstEpochs so many
 * @param epochs with pairs that the network labels itself
 * @param rateEnd what is left of the rate of learning in the last epoch, as a share
 * @param alpha weight of the reconstruction
 * @param beta weight of the pairs
 * @param perPixel whether the reconstruction's error is the mean over an image's numbers, or their
 *     sum
 * @param thresholds of the similarity
 * @param negatives whether pairs below the lower threshold are trained
 * @param disputed whether pairs of which the network and the first clusters say different things
 *     are trained too, in the epochs in which the network labels them
 * @param changes of the images that are trained on
 * @param largestShare a cluster with a larger share of the images is a collapse
 */
record AdaptiveOptions(
    int clusters,
    int warmUpEpochs,
    Optional<FirstClusters.Options> first,
    FirstVectors.Kind firstFeatures,
    int firstEpochs,
    int epochs,
    double rateEnd,
    double alpha,
    double beta,
    boolean perPixel,
    Thresholds thresholds,
    boolean negatives,
    boolean disputed,
    Changes.Ranges changes,
    double largestShare) {
  static final String SECTION = "dac";

  AdaptiveOptions {
    require("warm-up-epochs", warmUpEpochs, warmUpEpochs >= 0, "0 or more");
    require("first-epochs", firstEpochs, firstEpochs >= 0, "0 or more");
    require("epochs", epochs, epochs >= 0, "0 or more");
    require("epochs", 0, (first.isPresent() && firstEpochs > 0) || epochs > 0, "1 or more");
    require("rate-end", rateEnd, rateEnd > 0 && rateEnd <= 1, "more than 0, at most 1");
    require("alpha", alpha, alpha >= 0, "0 or more");
    require("beta", beta, beta > 0, "more than 0");
    require("largest-share", largestShare, largestShare > 0 && largestShare <= 1, "0 to 1");
  }

  /**
   * u = upper - xi and l = lower + slope xi; xi grows by step an epoch until they meet (Eq. 3: the
   * gradient of u - l with respect to xi is -(1 + slope), times eta).
   *
   * @param upper u at the start, in (0, 1]
   * @param lower l at the start, at most u
   * @param slope of l
   * @param step of xi an epoch, (1 + slope) eta
   */
  record Thresholds(double upper, double lower, double slope, double step) {
    Thresholds {
      require("upper", upper, upper > 0 && upper <= 1, "more than 0, at most 1");
      require("lower", lower, lower >= 0 && lower <= upper, "0 to dac.upper, " + upper);
      require("lower-slope", slope, slope >= 0, "0 or more");
      require("xi-step", step, step >= 0, "0 or more");
    }

    /** Returns xi in an epoch of those that label pairs, from 1. */
    double xi(int epoch) {
      return Math.min((epoch - 1) * step, (upper - lower) / (1 + slope));
    }

    double u(double xi) {
      return upper - xi;
    }

    double l(double xi) {
      return Math.min(lower + slope * xi, u(xi));
    }
  }

  /** Which pairs are trained. */
  private enum Pairs {
    BOTH,
    POSITIVES
  }

  /** What becomes of pairs of which the network and the first clusters say different things. */
  private enum Disputed {
    TRAIN,
    LEAVE_OUT
  }

  /** How the reconstruction's error is counted. */
  private enum Reconstruction {
    PER_PIXEL,
    PER_IMAGE
  }

  /** Where the first clusters come from. */
  private enum First {
    NONE,
    K_MEANS,
    SPECTRAL
  }

  static AdaptiveOptions of(Config config) {
    Config own = config.getConfig(SECTION);
    int clusters = config.getInt("clusters");
    return new AdaptiveOptions(
        clusters,
        own.getInt("warm-up-epochs"),
        first(config, own, clusters),
        named(FirstVectors.Kind.class, own, "first-features"),
        own.getInt("first-epochs"),
        own.getInt("epochs"),
        own.getDouble("rate-end"),
        own.getDouble("alpha"),
        own.getDouble("beta"),
        named(Reconstruction.class, own, "reconstruction") == Reconstruction.PER_PIXEL,
        new Thresholds(
            own.getDouble("upper"),
            own.getDouble("lower"),
            own.getDouble("lower-slope"),
            own.getDouble("xi-step")),
        named(Pairs.class, own, "pairs") == Pairs.BOTH,
        named(Disputed.class, own, "disputed-pairs") == Disputed.TRAIN,
        new Changes.Ranges(
            own.getInt("shift"),
            own.getBoolean("flip"),
            own.getDouble("turn"),
            own.getDouble("zoom"),
            own.getDouble("tone")),
        own.getDouble("largest-share"));
  }

  private static Optional<FirstClusters.Options> first(Config config, Config own, int clusters) {
    First first = named(First.class, own, "first-clusters");
    if (first == First.NONE) {
      return Optional.empty();
    }
    int sample = own.getInt("sample");
    int restarts = own.getInt("restarts");
    require("sample", sample, sample >= clusters, "at least the number of clusters");
    require("restarts", restarts, restarts >= 1, "1 or more");
    return Optional.of(
        new FirstClusters.Options(
            JointOptions.First.valueOf(first.name()),
            clusters,
            sample,
            restarts,
            SpectralEmbeddingOptions.of(config)));
  }

  static <E extends Enum<E>> E named(Class<E> type, Config own, String key) {
    return Options.named(type, SECTION + "." + key, own.getString(key));
  }

  static void require(String key, Object value, boolean isRight, String expected) {
    Options.require(isRight, SECTION + "." + key, value, expected);
  }

  /**
   * Returns the share of the rate of learning in an epoch of those that label pairs, from 1: it
   * falls linearly, so that the last clusters do not hang on the last steps.
   */
  double rate(int epoch) {
    return epochs <= 1 ? 1 : 1 - (1 - rateEnd) * (epoch - 1) / (epochs - 1);
  }

  /** Tells whether the first clusters must agree to the labels that the network gives. */
  boolean isAgreeing() {
    return !disputed && first.isPresent();
  }

  /** Tells whether the first clusters are made of descriptions of the images, not of codes. */
  boolean isFirstDescribed() {
    return first.isPresent()
        && first.get().first() == JointOptions.First.SPECTRAL
        && firstFeatures != FirstVectors.Kind.CODES;
  }

  /** Returns the number of all epochs. */
  int totalEpochs() {
    return pairsFrom() + epochs;
  }

  /** Returns the number of epochs before the network labels pairs itself. */
  int pairsFrom() {
    return warmUpEpochs + (first.isPresent() ? firstEpochs : 0);
  }
}
