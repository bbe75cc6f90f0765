package org.imageclustering.spectral;

import java.util.SplittableRandom;

/** Random rows of a block, a function of (seed, row): whoever draws one draws the same numbers. */
public final class RandomRows {
  private final long start;

  /** The rows of a seed. */
  public RandomRows(long seed) {
    // Neighbouring seeds, as they are, would give a row the same numbers a column further on.
    this.start = new SplittableRandom(seed).nextLong();
  }

  /** Writes the numbers of one row, in [-1, 1). */
  public void draw(int row, float[] numbers) {
    SplittableRandom random = new SplittableRandom(start + row);
    for (int c = 0; c < numbers.length; c++) {
      numbers[c] = (float) random.nextDouble(-1, 1);
    }
  }
}
