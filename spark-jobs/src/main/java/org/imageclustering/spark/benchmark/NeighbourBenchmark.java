package org.imageclustering.spark.benchmark;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Sgemm;
import org.imageclustering.neighbours.CellIndex;
import org.imageclustering.neighbours.CellOptions;
import org.imageclustering.neighbours.LocalNeighbours;
import org.imageclustering.neighbours.Recall;

/** Measures the search for nearest neighbours by cells: seconds to build and search, and recall. */
public final class NeighbourBenchmark {
  private static final int ROUNDS = 3;
  private static final int RECALL_SAMPLE = 1000;
  private static final long SEED = 1;

  private NeighbourBenchmark() {}

  /**
   * Searches the k nearest other patches of every patch, three times, and prints a line for each:
   * the first starts from a cold virtual machine. Without Spark.
   *
   * @param patches n x d, distinct
   * @param threads how many cores are used, at least 1
   */
  public static void run(FloatMatrix patches, int k, int threads, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "patches %d dimensions %d k %d threads %d (%s)%n",
        patches.rows(),
        patches.columns(),
        k,
        threads,
        Sgemm.get().description());
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      for (int round = 1; round <= ROUNDS; round++) {
        int number = round;
        pool.submit(() -> out.println(line(patches, k, number))).join();
      }
    } finally {
      pool.shutdown();
    }
  }

  private static String line(FloatMatrix patches, int k, int round) {
    long start = System.nanoTime();
    CellIndex index = CellIndex.build(patches, CellOptions.auto(SEED));
    double build = secondsSince(start);
    Neighbours found = LocalNeighbours.search(index, k);
    double total = secondsSince(start);
    return String.format(
        Locale.ROOT,
        "cells %d probes %d round %d %8.1f s (build %.1f)  recall %.4f",
        index.cells(),
        index.probes(),
        round,
        total,
        build,
        Recall.of(patches, found, RECALL_SAMPLE, SEED));
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
