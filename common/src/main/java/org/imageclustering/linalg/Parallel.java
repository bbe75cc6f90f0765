package org.imageclustering.linalg;

import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Loops over the cores of one machine, for work that a driver does itself, or a task with {@link
 * #within}. The cut into chunks depends on the length alone, so that whatever is computed per chunk
 * and joined in the chunks' order is the same on any number of cores.
 */
public final class Parallel {
  private Parallel() {}

  /** What is done with the half-open range of indices {@code [from, until)}. */
  @FunctionalInterface
  public interface Chunk {
    /** Works on the indices {@code from <= i < until} of the chunk with this number. */
    void run(int chunk, int from, int until);
  }

  /** Returns how many chunks of at most {@code size} there are in {@code length}. */
  public static int chunks(int length, int size) {
    return (int) (((long) length + size - 1) / size);
  }

  /** Runs the work on every chunk of {@code [0, length)}, side by side, and waits. */
  public static void forChunks(int length, int size, Chunk work) {
    IntStream.range(0, chunks(length, size))
        .parallel()
        .forEach(c -> work.run(c, c * size, (int) Math.min(length, (c + 1L) * size)));
  }

  /**
   * Returns the result of work whose loops take at most so many threads, as a task of a cluster
   * must.
   */
  public static <T> T within(int threads, Supplier<T> work) {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(work::get).join();
    } finally {
      pool.shutdown();
    }
  }
}
