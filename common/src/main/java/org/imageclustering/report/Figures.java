package org.imageclustering.report;

import java.util.Locale;

/** How figures are written for people: one way on the whole page, in no language. */
public final class Figures {
  private Figures() {}

  /** Returns a count with its thousands parted: {@code 10 000} with narrow spaces. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count).replace(',', '\u202f');
  }

  /** Returns a score with three digits, or a dash where it is not defined. */
  public static String score(double score) {
    return Double.isFinite(score) ? String.format(Locale.ROOT, "%.3f", score) : "–";
  }

  /** Returns a share in [0, 1] as a percentage with one digit. */
  public static String percent(double share) {
    return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f\u202f%%", 100 * share) : "–";
  }

  /** Returns a duration: {@code 0.4 s}, {@code 12 s}, {@code 2 min 05 s}, {@code 1 h 02 min}. */
  public static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "–";
    }
    long whole = Math.round(seconds);
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
