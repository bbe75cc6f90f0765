package org.imageclustering.spark.benchmark;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.GraphEigenvectors;
import org.imageclustering.linalg.Sgemm;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.EigenSolver;
import org.imageclustering.spectral.SymmetricOperator;

/**
 * Measures the eigensolver on one graph: seconds from the graph to its eigenvectors, products with
 * single vectors, and the largest residual.
 */
public final class EigenBenchmark {
  private static final int ROUNDS = 3;

  private EigenBenchmark() {}

  /**
   * Finds the largest eigenpairs of the graph's normalised affinity, three times with another seed,
   * and prints a line for each: the first starts from a cold virtual machine. Uses the threads of
   * the pool that it is called from. Without Spark.
   *
   * @param graph symmetric, without isolated nodes
   * @param count of eigenpairs
   */
  public static void run(CsrGraph graph, int count, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "nodes %d non-zeros %d eigenpairs %d threads %d (%s)%n",
        graph.nodes(),
        graph.nonZeros(),
        count,
        threads(),
        Sgemm.get().description());
    for (int round = 1; round <= ROUNDS; round++) {
      out.println(line(graph, count, round));
    }
  }

  private static int threads() {
    ForkJoinPool pool = ForkJoinTask.getPool();
    // Outside a pool, the calling thread works beside those of the common one.
    return pool == null ? ForkJoinPool.getCommonPoolParallelism() + 1 : pool.getParallelism();
  }

  private static String line(CsrGraph graph, int count, int round) {
    CountingSolver solver = new CountingSolver();
    long start = System.nanoTime();
    EigenPairs pairs = GraphEigenvectors.largest(solver, graph, count, round);
    return String.format(
        Locale.ROOT,
        "round %d %8.1f s  products %d  smallest eigenvalue %.6f  max residual %.1e",
        round,
        (System.nanoTime() - start) / 1e9,
        solver.products,
        pairs.values()[count - 1],
        Arrays.stream(pairs.residuals()).max().orElseThrow());
  }

  /** The default solver on a matrix that counts the vectors it is multiplied with. */
  private static final class CountingSolver implements EigenSolver {
    private long products;

    @Override
    public EigenPairs largest(SymmetricOperator matrix, int count, long seed) {
      SymmetricOperator counting =
          new SymmetricOperator() {
            @Override
            public int dimension() {
              return matrix.dimension();
            }

            @Override
            public void multiply(int width, float[] x, float[] y) {
              products += width;
              matrix.multiply(width, x, y);
            }

            @Override
            public void recur(int width, float scale, float shift, float[] x, float[] z) {
              products += width;
              matrix.recur(width, scale, shift, x, z);
            }
          };
      return EigenSolver.get().largest(counting, count, seed);
    }
  }
}
