package org.imageclustering.spark.settings;

import java.util.Collection;
import java.util.Comparator;

/** Finds the known key that a mistyped one was probably meant to be. */
final class NearestKey {
  private NearestKey() {}

  /** Returns the key at the least edit distance; of several, the first in alphabetical order. */
  static String among(Collection<String> known, String found) {
    return known.stream()
        .min(
            Comparator.<String>comparingInt(key -> editDistance(key, found))
                .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }

  /** Returns the Levenshtein distance: insertions, deletions and substitutions of one character. */
  static int editDistance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substituted, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
