package org.imageclustering.sanet;

import java.util.Collection;
import org.imageclustering.UserException;

/** Range checks whose messages name the owner and the option. */
final class Ranges {
  private Ranges() {}

  static void atLeast(String owner, String option, long value, long least) {
    if (value < least) {
      throw new UserException(
          "Cannot use "
              + owner
              + "."
              + option
              + ": found "
              + value
              + ", expected "
              + least
              + " or more");
    }
  }

  static void between(String owner, String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new UserException(
          "Cannot use "
              + owner
              + "."
              + option
              + ": found "
              + value
              + ", expected "
              + least
              + " to "
              + most);
    }
  }

  static void within(String owner, String option, double value, double above, double most) {
    if (!(value > above && value <= most)) {
      throw new UserException(
          "Cannot use "
              + owner
              + "."
              + option
              + ": found "
              + value
              + ", expected a number above "
              + above
              + ", at most "
              + most);
    }
  }

  static void notEmpty(String owner, String option, Collection<?> values) {
    if (values.isEmpty()) {
      throw new UserException(
          "Cannot use " + owner + "." + option + ": found nothing, expected at least one entry");
    }
  }
}
