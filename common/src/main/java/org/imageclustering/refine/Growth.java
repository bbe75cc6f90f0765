package org.imageclustering.refine;

import com.typesafe.config.Config;
import org.imageclustering.Options;
import org.imageclustering.UserException;

/**
 * How the positive rows of a classifier grow over the subsets (Algorithm 2, lines 2, 3 and 6).
 *
 * <p>The paper's 30, 10 and 800 belong to subsets of 10,000 images and 10 classes. With {@link
 * #AUTO} they follow the data: n_max is four fifths of a cluster's fair share of a subset, {@code
 * 0.8 |D_k| / K}; n_min is 30, or a quarter of n_max where that is less; inc is a tenth of what is
 * between, so that the number of fits does not grow with the data.
 *
 * @param subsets m, at least 1
 * @param least n_min, at least 1, or {@link #AUTO}
 * @param step inc, at least 1, or {@link #AUTO}
 * @param most n_max, at least n_min, or {@link #AUTO}
 */
public record Growth(int subsets, int least, int step, int most) {
  /** Stands for: by the size of the data. */
  public static final int AUTO = 0;

  private static final double FAIR_SHARE = 0.8;
  private static final int PAPERS_LEAST = 30;
  private static final int ROUNDS = 10;

  /** Checks the values. */
  public Growth {
    Options.require(subsets >= 1, "svm.subsets", subsets, "at least 1");
    Options.require(least >= 1 || least == AUTO, "svm.least", least, "at least 1, or 0: auto");
    Options.require(step >= 1 || step == AUTO, "svm.step", step, "at least 1, or 0: auto");
    Options.require(most >= 1 || most == AUTO, "svm.most", most, "at least 1, or 0: auto");
    Options.require(
        most == AUTO || least == AUTO || most >= least,
        "svm.most",
        most,
        "at least svm.least, " + least);
  }

  /** Returns six subsets, the rest by the size of the data. */
  public static Growth defaults() {
    return new Growth(6, AUTO, AUTO, AUTO);
  }

  static Growth of(Config section) {
    return new Growth(
        section.getInt("subsets"),
        section.getInt("least"),
        section.getInt("step"),
        section.getInt("most"));
  }

  /**
   * Returns concrete numbers.
   *
   * @param rows of all subsets together
   * @param clusters K: the final number, or the initial one where that is to be found
   * @throws UserException if a number that was asked for does not fit a subset
   */
  public Growth resolved(int rows, int clusters) {
    int subset = rows / subsets;
    int upper = most == AUTO ? Math.max(1, (int) (FAIR_SHARE * subset / clusters)) : most;
    if (most == AUTO && least != AUTO) {
      upper = Math.max(upper, least);
    }
    int lower = least == AUTO ? Math.max(1, Math.min(PAPERS_LEAST, upper / 4)) : least;
    int by = step == AUTO ? Math.max(1, (upper - lower) / ROUNDS) : step;
    if (upper >= subset) {
      throw new UserException(
          "Cannot use %s: found %d, expected fewer than a subset's rows, %d (%d rows in svm.subsets = %d)"
              .formatted(most == AUTO ? "svm.least" : "svm.most", upper, subset, rows, subsets));
    }
    return new Growth(subsets, lower, by, upper);
  }

  /** Returns the number of fits of one classifier, the first included; of resolved numbers. */
  public int fits() {
    return 1 + subsets * (1 + (most - least) / step);
  }
}
