package org.imageclustering.spark.training;

import com.typesafe.config.Config;
import org.imageclustering.UserException;

/**
 * How networks are trained, whatever they are.
 *
 * @param batch images of a step of one worker, at least 1
 * @param workers that train side by side, each on its share of the images; 0: as many as {@link
 *     #workersFor} says
 * @param averagingFrequency steps of each worker between two averages, at least 1
 * @param epochImages the images that an epoch sees at least: smaller sets go through it again and
 *     again; 0: an epoch is one pass
 * @param checkpointEpochs a checkpoint after each so many epochs; 0: none
 * @param leastSpread a code whose standard deviation falls below this has collapsed
 * @param seed of the starting parameters and of the order of the images
 */
public record TrainingOptions(
    int batch,
    int workers,
    int averagingFrequency,
    int epochImages,
    int checkpointEpochs,
    double leastSpread,
    long seed) {

  /** The value of {@code training.batch} that stands for: what suits the method. */
  private static final int AUTO = 0;

  private static final int USUAL_BATCH = 128;

  /**
   * Images of a worker, some 400 steps of 128 an epoch: with fewer, averages cost more than they
   * save.
   */
  private static final long IMAGES_A_WORKER = 50_000;

  /**
   * Checks the values.
   *
   * @throws UserException naming the key that is out of its range
   */
  public TrainingOptions {
    atLeast("training.batch", batch, 1);
    atLeast("training.workers", workers, 0);
    atLeast("training.averaging-frequency", averagingFrequency, 1);
    atLeast("training.epoch-images", epochImages, 0);
    atLeast("training.checkpoint-epochs", checkpointEpochs, 0);
    if (!(leastSpread >= 0)) {
      throw new UserException(
          "Cannot use training.least-spread: found " + leastSpread + ", expected 0 or more");
    }
  }

  /** Returns the options of a resolved configuration: {@code seed} and {@code training}. */
  public static TrainingOptions of(Config config) {
    return of(config, USUAL_BATCH);
  }

  /**
   * Returns the options of a resolved configuration: {@code seed} and {@code training}.
   *
   * @param autoBatch images of a step where the configuration leaves them to the method
   */
  public static TrainingOptions of(Config config, int autoBatch) {
    Config section = config.getConfig("training");
    int batch = section.getInt("batch");
    return new TrainingOptions(
        batch == AUTO ? autoBatch : batch,
        section.getInt("workers"),
        section.getInt("averaging-frequency"),
        section.getInt("epoch-images"),
        section.getInt("checkpoint-epochs"),
        section.getDouble("least-spread"),
        config.getLong("seed"));
  }

  /**
   * Returns the number of workers for so many images: the one that is given, else one for each full
   * 50,000 of them, at least one. It does not depend on the executors, so that what is learned does
   * not; more workers than there are slots take turns.
   */
  public int workersFor(long images) {
    return workers > 0 ? workers : (int) Math.max(1, images / IMAGES_A_WORKER);
  }

  /** Returns how often an epoch goes through so many images, at least once. */
  public int passes(long images) {
    return (int) Math.max(1, (epochImages + images - 1) / images);
  }

  /** Returns these options with epochs of one pass. */
  TrainingOptions inSinglePasses() {
    return new TrainingOptions(
        batch, workers, averagingFrequency, 0, checkpointEpochs, leastSpread, seed);
  }

  private static void atLeast(String key, int value, int least) {
    if (value < least) {
      throw new UserException(
          "Cannot use %s: found %d, expected %d or more".formatted(key, value, least));
    }
  }
}
