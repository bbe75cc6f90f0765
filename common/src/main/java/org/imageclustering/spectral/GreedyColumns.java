package org.imageclustering.spectral;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.imageclustering.linalg.Sgemm;

/**
 * Columns chosen by sparse greedy matrix approximation (Smola and Schoelkopf 2000): each time 59
 * candidates are drawn, and the one is taken whose column lowers the approximation's error most.
 * With 59 of them the best is among the best 5 % of all with probability .95.
 *
 * <p>Candidates are drawn from, and errors summed over, a pool of nodes: all of them, or some
 * thousands drawn by the seed (docs/decisions/022). The gain of column i is {@code |r_i|^2 / r_ii},
 * r the residual {@code W - C A^-1 C^T}. Memory: pool x columns floats; time O(pool l (59 l / 2 +
 * d)).
 */
public final class GreedyColumns {
  private static final int CANDIDATES = 59;
  private static final int LEAST_POOL = 4096;
  private static final int POOL_A_COLUMN = 4;
  private static final double LEAST_PIVOT = 1e-6;

  private final SymmetricEntries matrix;
  private final int[] pool;
  private final float[] factor;
  private final SplittableRandom random;
  private int chosen;

  private GreedyColumns(SymmetricEntries matrix, int count, SplittableRandom random) {
    this.random = random;
    int size =
        (int) Math.min(matrix.dimension(), Math.max(LEAST_POOL, (long) POOL_A_COLUMN * count));
    this.pool = Samples.distinct(matrix.dimension(), size, random);
    this.matrix = matrix.restrictedTo(pool);
    this.factor = new float[Math.multiplyExact(count, pool.length)];
  }

  /**
   * Returns {@code count} different columns, ascending; fewer where the rest add nothing.
   *
   * @param count at least 1, at most n
   */
  public static int[] choose(SymmetricEntries matrix, int count, long seed) {
    return new GreedyColumns(matrix, count, new SplittableRandom(seed)).run(count);
  }

  private int[] run(int count) {
    int[] open = new int[pool.length];
    Arrays.setAll(open, i -> i);
    int left = open.length;
    int[] columns = new int[count];
    while (chosen < count && left > 0) {
      int drawn = Math.min(CANDIDATES, left);
      for (int i = 0; i < drawn; i++) {
        int j = i + random.nextInt(left - i);
        int swapped = open[i];
        open[i] = open[j];
        open[j] = swapped;
      }
      int best = best(open, drawn);
      if (best < 0) {
        // None of these has anything left to add: they are not drawn again.
        System.arraycopy(open, drawn, open, 0, left - drawn);
        left -= drawn;
      } else {
        columns[chosen - 1] = pool[open[best]];
        open[best] = open[--left];
      }
    }
    int[] result = Arrays.copyOf(columns, chosen);
    Arrays.sort(result);
    return result;
  }

  /** Adds the best of the first open candidates to the factor; returns its place, or -1. */
  private int best(int[] open, int drawn) {
    int[] candidates = Arrays.copyOf(open, drawn);
    float[] residual = residual(candidates);
    int best = -1;
    double most = 0;
    for (int c = 0; c < drawn; c++) {
      double pivot = residual[candidates[c] * drawn + c];
      double squares = 0;
      for (int i = 0; i < pool.length; i++) {
        squares += (double) residual[i * drawn + c] * residual[i * drawn + c];
      }
      if (pivot > LEAST_PIVOT && squares / pivot > most) {
        most = squares / pivot;
        best = c;
      }
    }
    if (best >= 0) {
      double root = Math.sqrt(residual[candidates[best] * drawn + best]);
      for (int i = 0; i < pool.length; i++) {
        factor[chosen * pool.length + i] = (float) (residual[i * drawn + best] / root);
      }
      chosen++;
    }
    return best;
  }

  /** Returns {@code W - F^T F}, F the factor so far, in the candidates' columns. */
  private float[] residual(int[] candidates) {
    int drawn = candidates.length;
    float[] residual = new float[pool.length * drawn];
    matrix.tile(0, pool.length, candidates, residual);
    if (chosen > 0) {
      float[] own = new float[chosen * drawn];
      for (int step = 0; step < chosen; step++) {
        for (int c = 0; c < drawn; c++) {
          own[step * drawn + c] = factor[step * pool.length + candidates[c]];
        }
      }
      float[] known = new float[residual.length];
      Sgemm.get().transposedTimes(pool.length, drawn, chosen, factor, 0, own, 0, known);
      for (int i = 0; i < residual.length; i++) {
        residual[i] -= known[i];
      }
    }
    return residual;
  }
}
