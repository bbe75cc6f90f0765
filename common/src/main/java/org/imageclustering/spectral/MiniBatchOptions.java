package org.imageclustering.spectral;

import org.imageclustering.UserException;

/**
 * Options of {@link MiniBatchSubspace}.
 *
 * @param batch rows of a mini-batch, at least 1, or 0: {@code sqrt(n)} of n (SA-Net, section 3.3)
 * @param iterations the most, at least 1
 * @param step of the gradient ascent, in (0, 1]
 * @param tolerance ends when the gradient's norm over a pass is below this times {@code
 *     sqrt(vectors)}, in (0, 1)
 */
public record MiniBatchOptions(int batch, int iterations, double step, double tolerance) {
  /** Checks the ranges. */
  public MiniBatchOptions {
    require(batch >= 0, "batch", batch, "0 or more");
    require(iterations >= 1, "iterations", iterations, "at least 1");
    require(step > 0 && step <= 1, "step", step, "above 0, at most 1");
    require(tolerance > 0 && tolerance < 1, "tolerance", tolerance, "between 0 and 1");
  }

  private static void require(boolean holds, String name, double found, String expected) {
    if (!holds) {
      throw new UserException(
          "Cannot use the mini-batch solver's option "
              + name
              + ": found "
              + found
              + ", expected "
              + expected);
    }
  }

  /** Returns batches of sqrt(n), 1,000 iterations, step 1, tolerance .005. */
  public static MiniBatchOptions defaults() {
    return new MiniBatchOptions(0, 1000, 1, 0.005);
  }

  int batchOf(int n) {
    return Math.min(n, batch > 0 ? batch : (int) Math.ceil(Math.sqrt(n)));
  }
}
