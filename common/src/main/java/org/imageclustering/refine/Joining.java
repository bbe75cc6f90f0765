package org.imageclustering.refine;

import java.util.Locale;
import org.imageclustering.UserException;

/** What tells which classifiers are joined down to a number of clusters that is given. */
public enum Joining {
  /** The links between neighbours: two groups whose union adds most to the modularity. */
  NEIGHBOURS,
  /** The agreement of the classifiers on positive rows (Algorithm 2, line 13). */
  AGREEMENT;

  /** Returns the name as options write it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the rule of this name.
   *
   * @throws UserException if there is none
   */
  public static Joining named(String name) {
    for (Joining joining : values()) {
      if (joining.key().equals(name)) {
        return joining;
      }
    }
    throw new UserException(
        "Cannot use svm.joining: found " + name + ", expected neighbours or agreement");
  }
}
