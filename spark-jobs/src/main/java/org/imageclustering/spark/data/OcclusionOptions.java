package org.imageclustering.spark.data;

import java.io.Serializable;
import org.imageclustering.UserException;

/**
 * How much of every image is hidden when a data set is prepared, and the seed of the draws. A class
 * and not a record, because it travels to the executors.
 */
public final class OcclusionOptions implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double share;
  private final long seed;

  /**
   * Checks the values.
   *
   * @param share of the pixels, above 0 and below 1
   * @throws UserException if the share is out of range
   */
  public OcclusionOptions(double share, long seed) {
    if (!(share > 0 && share < 1)) {
      throw new UserException(
          "Cannot use --occlude %s: expected a share of the pixels above 0 and below 1"
              .formatted(share));
    }
    this.share = share;
    this.seed = seed;
  }

  /** Returns the share of the pixels that are hidden. */
  public double share() {
    return share;
  }

  /** Returns the seed. */
  public long seed() {
    return seed;
  }

  /**
   * Returns what {@code dataset.json} and the fingerprint say: {@code 0.2 of each image, seed 1}.
   */
  @Override
  public String toString() {
    return share + " of each image, seed " + seed;
  }
}
