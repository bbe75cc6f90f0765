package org.imageclustering.partition;

import org.imageclustering.UserException;

/** The one form of this package's messages about options. */
final class Checks {
  private Checks() {}

  /** Throws unless the option's value is as expected. */
  static void that(boolean holds, String option, Object found, String expected) {
    if (!holds) {
      throw new UserException(
          "Cannot use " + option + ": found " + found + ", expected " + expected);
    }
  }
}
