package org.imageclustering.spark.training;

import com.typesafe.config.Config;
import org.imageclustering.UserException;
import org.imageclustering.rbm.BoltzmannMachine;

/**
 * How layers are pre-trained.
 *
 * @param epochs of each layer, at least 1
 * @param batch images of a step, at least 1
 * @param step rate, momentum, decay
 * @param seed of the starting weights and the sampling
 */
public record RbmOptions(int epochs, int batch, BoltzmannMachine.Step step, long seed) {
  /**
   * Returns the options of a section.
   *
   * @param name of the section, for messages
   * @throws UserException naming the key that is out of its range
   */
  public static RbmOptions of(Config section, String name, long seed) {
    int epochs = section.getInt("epochs");
    int batch = section.getInt("batch");
    double rate = section.getDouble("rate");
    if (epochs < 1 || batch < 1 || !(rate > 0)) {
      throw new UserException(
          "Cannot use %s: found epochs %d, batch %d, rate %s, expected 1 or more, 1 or more, more than 0"
              .formatted(name, epochs, batch, rate));
    }
    return new RbmOptions(
        epochs,
        batch,
        new BoltzmannMachine.Step(
            rate, section.getDouble("momentum"), section.getDouble("weight-decay")),
        seed);
  }
}
