package org.imageclustering.spectral;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws without replacement. */
public final class Samples {
  private Samples() {}

  /**
   * Returns {@code count} different numbers of {@code [0, n)}, ascending; all if there are fewer.
   */
  public static int[] distinct(int n, int count, SplittableRandom random) {
    int[] numbers = new int[n];
    Arrays.setAll(numbers, i -> i);
    int size = Math.min(n, count);
    for (int i = 0; i < size; i++) {
      int j = i + random.nextInt(n - i);
      int swapped = numbers[i];
      numbers[i] = numbers[j];
      numbers[j] = swapped;
    }
    int[] drawn = Arrays.copyOf(numbers, size);
    Arrays.sort(drawn);
    return drawn;
  }
}
