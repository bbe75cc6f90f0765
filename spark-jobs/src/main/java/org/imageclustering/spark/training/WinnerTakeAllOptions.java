package org.imageclustering.spark.training;

import com.typesafe.config.Config;
import java.util.List;
import org.imageclustering.Options;
import org.imageclustering.UserException;

/**
 * A winner-take-all autoencoder and how it is trained.
 *
 * @param maps of each convolution, each at least 1
 * @param kernels of each convolution: rows and columns
 * @param decoderKernel rows and columns of the decoder's kernels; 0: {@value #DECODER_KERNEL}, or
 *     the largest odd number that small images have room for
 * @param lifetimeShare of a mini-batch's images that keep a map's winner, above 0, at most 1
 * @param epochs at least 1
 * @param leastSteps of each worker: there are as many epochs more as these take
 * @param leakyShare of the epochs, from the first on, that have leaky rectifiers, in [0, 1]
 * @param slope of a leaky rectifier below 0, in [0, 1)
 * @param rate of learning in the first epoch …
 * @param rateEnd … and in the last, with a geometric fall between
 * @param seed of the starting parameters
 */
public record WinnerTakeAllOptions(
    List<Integer> maps,
    List<Integer> kernels,
    int decoderKernel,
    double lifetimeShare,
    int epochs,
    int leastSteps,
    double leakyShare,
    double slope,
    double rate,
    double rateEnd,
    long seed) {

  /** The section of the configuration. */
  public static final String SECTION = "wta";

  /** Images of a step: small, since a step costs its images' time and nothing else. */
  private static final int BATCH = 32;

  /** The decoder's kernels of Makhzani and Frey (2015). */
  private static final int DECODER_KERNEL = 11;

  /**
   * Checks the values.
   *
   * @throws UserException naming the key that is out of its range
   */
  public WinnerTakeAllOptions {
    maps = List.copyOf(maps);
    kernels = List.copyOf(kernels);
    require("maps", maps, !maps.isEmpty(), "at least one convolution");
    require("maps", maps, maps.stream().allMatch(m -> m >= 1), "numbers of 1 or more");
    require("kernels", kernels, kernels.size() == maps.size(), "as many as maps, " + maps.size());
    require("kernels", kernels, kernels.stream().allMatch(k -> k >= 1), "numbers of 1 or more");
    require("decoder-kernel", decoderKernel, decoderKernel >= 0, "0 or more");
    boolean isShare = lifetimeShare > 0 && lifetimeShare <= 1;
    require("lifetime-share", lifetimeShare, isShare, "above 0, at most 1");
    require("epochs", epochs, epochs >= 1, "1 or more");
    require("least-steps", leastSteps, leastSteps >= 0, "0 or more");
    require("leaky-share", leakyShare, leakyShare >= 0 && leakyShare <= 1, "0 to 1");
    require("slope", slope, slope >= 0 && slope < 1, "0 to 1");
    require("rate", rate, rate > 0, "more than 0");
    require("rate-end", rateEnd, rateEnd > 0, "more than 0");
  }

  /** Returns the options of a resolved configuration: {@code seed} and {@code wta}. */
  public static WinnerTakeAllOptions of(Config config) {
    Config own = config.getConfig(SECTION);
    return new WinnerTakeAllOptions(
        own.getIntList("maps"),
        own.getIntList("kernels"),
        own.getInt("decoder-kernel"),
        own.getDouble("lifetime-share"),
        own.getInt("epochs"),
        own.getInt("least-steps"),
        own.getDouble("leaky-share"),
        own.getDouble("slope"),
        own.getDouble("rate"),
        own.getDouble("rate-end"),
        config.getLong("seed"));
  }

  /**
   * Returns the options of a training by these settings: batches of a size that suits winners, and
   * epochs of one pass, since {@code least-steps} says how many of them small sets take.
   */
  public static TrainingOptions training(Config config) {
    return TrainingOptions.of(config, BATCH).inSinglePasses();
  }

  /**
   * Returns the options for a number of images, with as many epochs as {@code leastSteps} take.
   *
   * @param images at least 1
   * @param training how many workers divide them among themselves, in which batches
   */
  public WinnerTakeAllOptions forImages(long images, TrainingOptions training) {
    long together = (long) training.workersFor(images) * training.batch();
    long steps = Math.max(1, images / together);
    int enough = (int) Math.min(Integer.MAX_VALUE, (leastSteps + steps - 1) / steps);
    return new WinnerTakeAllOptions(
        maps,
        kernels,
        decoderKernel,
        lifetimeShare,
        Math.max(epochs, enough),
        leastSteps,
        leakyShare,
        slope,
        rate,
        rateEnd,
        seed);
  }

  /** Returns the rows and columns of the decoder's kernels for images of this size. */
  int decoderKernel(int height, int width) {
    int side = Math.min(height, width);
    int largestOdd = side - 1 + side % 2;
    return decoderKernel > 0 ? decoderKernel : Math.min(DECODER_KERNEL, largestOdd);
  }

  /** Returns the rate of learning in an epoch, from 1. */
  double rate(int epoch) {
    double share = epochs == 1 ? 0 : Math.min(1, (epoch - 1.0) / (epochs - 1));
    return rate * Math.pow(rateEnd / rate, share);
  }

  /** Tells whether the rectifiers leak in an epoch, from 1. */
  boolean isLeaky(int epoch) {
    return epoch <= Math.round(leakyShare * epochs) && slope > 0;
  }

  /**
   * Checks the kernels against the images.
   *
   * @throws UserException naming the key whose kernel is larger than an image
   */
  void requireFits(int height, int width) {
    int least = Math.min(height, width);
    String expected =
        "at most %d, the shorter side of images of %d x %d".formatted(least, height, width);
    require("kernels", kernels, kernels.stream().allMatch(k -> k <= least), expected);
    require("decoder-kernel", decoderKernel, decoderKernel <= least, expected);
  }

  private static void require(String key, Object value, boolean isRight, String expected) {
    Options.require(isRight, SECTION + "." + key, value, expected);
  }
}
