package org.imageclustering.spark.graph;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.imageclustering.graph.KernelAffinity;
import org.imageclustering.graph.KernelProducts;

/**
 * Products with a fully connected affinity as Spark jobs: the points are broadcast once, a block of
 * vectors with every product; a task computes the entries that it needs and keeps none. Sums run
 * over parts of a fixed cut in their order, so the bits are those of {@link
 * KernelProducts#inMemory}, whatever the number of tasks.
 *
 * <p>The driver holds a block of vectors (n x width x 4 bytes) and a product: of some rows, 64
 * parts of rows x width doubles, of all, n x width doubles.
 */
public final class DistributedKernel implements KernelProducts, AutoCloseable {
  private static final String DESCRIPTION = "spark.job.description";

  private final JavaSparkContext spark;
  private final KernelAffinity kernel;
  private final Broadcast<KernelAffinity> sent;

  /** Sends the points to the executors; {@link #close} takes them back. */
  public DistributedKernel(JavaSparkContext spark, KernelAffinity kernel) {
    this.spark = spark;
    this.kernel = kernel;
    this.sent = spark.broadcast(kernel);
  }

  @Override
  public KernelAffinity kernel() {
    return kernel;
  }

  @Override
  public double[] ofRows(int[] rows, int width, float[] x) {
    List<double[]> parts =
        run("Kernel: " + rows.length + " rows", kernel.parts(), new RowsTask(sent, rows, width), x);
    return KernelProducts.sum(parts.toArray(new double[0][]));
  }

  @Override
  public double[] ofAll(int width, float[] x) {
    int n = kernel.dimension();
    int ranges = (n + ROWS - 1) / ROWS;
    List<double[]> blocks =
        run("Kernel: product with all rows", ranges, new RangeTask(sent, width), x);
    double[] all = new double[Math.multiplyExact(n, width)];
    int at = 0;
    for (double[] block : blocks) {
      System.arraycopy(block, 0, all, at, block.length);
      at += block.length;
    }
    return all;
  }

  /** Runs the work for the numbers from 0; the results are in their order. */
  private List<double[]> run(String what, int count, Task task, float[] x) {
    String before = spark.getLocalProperty(DESCRIPTION);
    Broadcast<float[]> vectors = spark.broadcast(x);
    try {
      spark.setLocalProperty(DESCRIPTION, what + " of " + kernel.dimension() + " nodes");
      List<Integer> numbers = IntStream.range(0, count).boxed().collect(Collectors.toList());
      int tasks = Math.max(1, Math.min(count, 4 * spark.defaultParallelism()));
      return spark
          .parallelize(numbers, tasks)
          .map(number -> task.of(number, vectors.value()))
          .collect();
    } finally {
      spark.setLocalProperty(DESCRIPTION, before);
      vectors.destroy();
    }
  }

  @Override
  public void close() {
    sent.destroy();
  }

  /** What is computed for one number. */
  private interface Task extends java.io.Serializable {
    double[] of(int number, float[] x);
  }

  /** One part of the product of some rows. */
  private static final class RowsTask implements Task {
    private static final long serialVersionUID = 1L;

    private final Broadcast<KernelAffinity> kernel;
    private final int[] rows;
    private final int width;

    RowsTask(Broadcast<KernelAffinity> kernel, int[] rows, int width) {
      this.kernel = kernel;
      this.rows = rows;
      this.width = width;
    }

    @Override
    public double[] of(int part, float[] x) {
      return kernel.value().partialProduct(part, rows, width, x);
    }
  }

  /** A range of rows of the whole product. */
  private static final class RangeTask implements Task {
    private static final long serialVersionUID = 1L;

    private final Broadcast<KernelAffinity> kernel;
    private final int width;

    RangeTask(Broadcast<KernelAffinity> kernel, int width) {
      this.kernel = kernel;
      this.width = width;
    }

    @Override
    public double[] of(int range, float[] x) {
      int from = range * ROWS;
      int until = Math.min(kernel.value().dimension(), from + ROWS);
      return KernelProducts.rows(kernel.value(), from, until, width, x);
    }
  }
}
