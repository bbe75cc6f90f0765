package org.imageclustering.spark.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.spectral.ChebyshevFilter;
import org.imageclustering.spectral.ChebyshevOptions;
import org.imageclustering.spectral.ChebyshevSubspace;
import org.imageclustering.spectral.EigenSolver;
import org.imageclustering.spectral.FilterRunner;
import org.imageclustering.spectral.SymmetricOperator;

/**
 * The eigensolver's filters as Spark tasks: every executor gets the matrix once, and a task filters
 * some columns of the block. A round of the solver is one job, not one for each product.
 *
 * <p>What travels: the matrix once to each executor (8 bytes a non-zero, 4 a node), and in each
 * round the block to the tasks and back (n b 4 bytes each way). An executor needs the matrix and
 * three panels for each task it runs. The driver keeps the graph and the block. The values are
 * those of the driver alone, bit for bit; losing an executor costs what Spark does again.
 */
public final class DistributedFilters implements FilterRunner {
  /** Below this a round's job costs more than its products. */
  private static final int LEAST_NODES = 20_000;

  private static final int MOST_COLUMNS = 32;

  private final JavaSparkContext spark;
  private final Broadcast<SymmetricOperator> matrix;
  private final int slots;
  private final int cpus;

  private DistributedFilters(JavaSparkContext spark, SymmetricOperator matrix) {
    this.spark = spark;
    this.cpus = spark.getConf().getInt("spark.task.cpus", 1);
    this.slots = Math.max(1, spark.defaultParallelism() / cpus);
    this.matrix = spark.broadcast(matrix);
  }

  /**
   * Returns the solver for a session. With a local master it uses the driver's cores, as tasks
   * would have no others; on a cluster its filters run on the executors from 20,000 nodes on.
   */
  public static EigenSolver solver(JavaSparkContext spark) {
    return spark.sc().isLocal() ? EigenSolver.get() : solver(spark, LEAST_NODES);
  }

  /** Returns the solver whose filters run as tasks from so many nodes on, on any master. */
  static EigenSolver solver(JavaSparkContext spark, int leastNodes) {
    return new ChebyshevSubspace(
        ChebyshevOptions.defaults(),
        matrix ->
            matrix instanceof Serializable && matrix.dimension() >= leastNodes
                ? new DistributedFilters(spark, matrix)
                : null);
  }

  /** As many for each slot as narrow panels need, so that no slot waits for another's last one. */
  @Override
  public int panels(int columns) {
    int most = (columns - 1) / COLUMNS_AT_A_TIME + 1;
    int narrow = (columns - 1) / MOST_COLUMNS + 1;
    int rounds = (narrow - 1) / slots + 1;
    return Math.min(most, rounds * slots);
  }

  @Override
  public float[][] filtered(ChebyshevFilter filter, float[][] panels) {
    List<Broadcast<float[]>> sent = new ArrayList<>();
    try {
      for (float[] panel : panels) {
        sent.add(spark.broadcast(panel));
      }
      return results(filter, sent).toArray(new float[0][]);
    } finally {
      sent.forEach(Broadcast::destroy);
    }
  }

  private List<float[]> results(ChebyshevFilter filter, List<Broadcast<float[]>> sent) {
    Broadcast<SymmetricOperator> shared = matrix;
    int threads = cpus;
    List<Integer> numbers = IntStream.range(0, sent.size()).boxed().collect(Collectors.toList());
    return spark
        .parallelize(numbers, sent.size())
        .map(p -> filter(filter, shared.value(), sent.get(p).value(), threads))
        .collect();
  }

  /** One task's work. The broadcast panel is shared with a second attempt: it is not written to. */
  private static float[] filter(
      ChebyshevFilter filter, SymmetricOperator matrix, float[] panel, int threads) {
    float[][] result = new float[1][];
    int width = panel.length / matrix.dimension();
    Parallel.within(threads, () -> result[0] = filter.apply(matrix, width, panel.clone()));
    return result[0];
  }

  @Override
  public void close() {
    matrix.destroy();
  }
}
