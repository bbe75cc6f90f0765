package org.imageclustering.spark.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.ChebyshevFilter;
import org.imageclustering.spectral.ChebyshevOptions;
import org.imageclustering.spectral.ChebyshevSubspace;
import org.imageclustering.spectral.EigenSolver;
import org.imageclustering.spectral.LocalSubspace;
import org.imageclustering.spectral.RowPart;
import org.imageclustering.spectral.Subspace;
import org.imageclustering.spectral.SymmetricOperator;

/**
 * The eigensolver's block on the executors. Each has the whole matrix; the columns of the block are
 * dealt to the executors' slots as panels, since a filter treats each by itself, and for the
 * rotation the block is shuffled to parts of rows and back. Two jobs a round, not one for each
 * product.
 *
 * <p>What travels: the matrix once to each executor (8 bytes a non-zero, 4 a node); in each round
 * the block twice and its product once between executors ({@code 12 n b} bytes in all), and to the
 * driver {@code 16 b^2} bytes for each of up to 64 parts of rows. At the end the wanted columns,
 * {@code 4 n count} bytes, come to the driver, which never holds the block. An executor holds the
 * matrix, twice its share of the block, and while a task runs a panel, its product and 96 columns.
 *
 * <p>The values are those of one machine, bit for bit. What an executor held is made again from the
 * seed and the shuffles when it is lost.
 */
public final class DistributedSubspace implements Subspace {
  /** Below this a round's jobs cost more than its products. */
  private static final int LEAST_NODES = 20_000;

  private final JavaSparkContext spark;
  private final Broadcast<SymmetricOperator> matrix;
  private final int slots;
  private final BlockLayout layout;
  private final BlockTasks tasks;
  private final List<JavaRDD<?>> stored = new ArrayList<>();
  private JavaRDD<float[]> panels;
  private JavaRDD<BlockTasks.Rows> parts;

  private DistributedSubspace(JavaSparkContext spark, SymmetricOperator matrix, int width) {
    this.spark = spark;
    int threads = spark.getConf().getInt("spark.task.cpus", 1);
    this.slots = Math.max(1, spark.defaultParallelism() / threads);
    int most = (width - 1) / COLUMNS_AT_A_TIME + 1;
    this.layout = new BlockLayout(matrix.dimension(), width, Math.min(slots, most));
    this.matrix = spark.broadcast(matrix);
    this.tasks = new BlockTasks(layout, this.matrix, threads);
  }

  /**
   * Returns the solver for a session. With a local master it uses the driver's cores, as tasks
   * would have no others; on a cluster its block is on the executors from 20,000 nodes on.
   */
  public static EigenSolver solver(JavaSparkContext spark) {
    return spark.sc().isLocal() ? EigenSolver.get() : solver(spark, LEAST_NODES);
  }

  /** Returns the solver whose block is on the executors from so many nodes on, on any master. */
  static EigenSolver solver(JavaSparkContext spark, int leastNodes) {
    return new ChebyshevSubspace(
        ChebyshevOptions.defaults(),
        (matrix, width) ->
            matrix instanceof Serializable && matrix.dimension() >= leastNodes
                ? new DistributedSubspace(spark, matrix, width)
                : new LocalSubspace(matrix, width));
  }

  @Override
  public int width() {
    return layout.width();
  }

  @Override
  public void randomise(int from, long seed) {
    BlockTasks work = tasks;
    panels =
        mapped(
            from == 0 ? noPanels() : panels, (p, values) -> work.randomised(p, from, seed, values));
  }

  private JavaRDD<float[]> noPanels() {
    return spark.parallelize(Collections.nCopies(layout.panels(), new float[0]), layout.panels());
  }

  @Override
  public void filter(ChebyshevFilter filter, int first) {
    BlockTasks work = tasks;
    panels = mapped(panels, (p, values) -> work.filtered(p, filter, first, values));
  }

  @Override
  public Projections projections() {
    BlockTasks work = tasks;
    JavaRDD<BlockTasks.Rows> next =
        panels
            .mapPartitionsWithIndex((p, values) -> work.cut(p, values.next()), true)
            .mapToPair(slice -> slice)
            .partitionBy(layout.byPart(slots))
            .mapPartitions(work::parts)
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<Projections> shares = next.map(BlockTasks.Rows::shares).collect();
    forgetStored();
    parts = next;
    stored.add(next);
    return RowPart.sum(shares, layout.width());
  }

  @Override
  public void rotate(float[] rotation) {
    BlockTasks work = tasks;
    panels =
        parts
            .flatMapToPair(rows -> work.rotated(rows, rotation))
            .partitionBy(layout.byPanel())
            .mapPartitionsWithIndex((p, slices) -> one(work.panel(p, slices)), true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    stored.add(panels);
  }

  @Override
  public double[] residuals(double[] values) {
    BlockTasks work = tasks;
    List<double[]> found =
        mapped(panels, (p, columns) -> work.residuals(p, values, columns)).collect();
    double[] residuals = new double[values.length];
    for (int p = 0; p < found.size(); p++) {
      for (int c = 0; c < found.get(p).length; c++) {
        residuals[layout.column(p, c)] = found.get(p)[c];
      }
    }
    return residuals;
  }

  @Override
  public FloatMatrix columns(int count) {
    BlockLayout shape = layout;
    List<byte[]> found = mapped(panels, (p, values) -> shape.first(count, p, values)).collect();
    FloatMatrix columns = FloatMatrix.zeros(layout.n(), count);
    for (int p = 0; p < found.size(); p++) {
      layout.toColumns(found.get(p), p, columns.values(), count);
    }
    return columns;
  }

  @Override
  public void close() {
    forgetStored();
    matrix.destroy();
  }

  private void forgetStored() {
    stored.forEach(rdd -> rdd.unpersist(false));
    stored.clear();
  }

  /** What is made of a panel, of which each partition has one. */
  private static <T> JavaRDD<T> mapped(
      JavaRDD<float[]> panels, Function2<Integer, float[], T> work) {
    return panels.mapPartitionsWithIndex((p, values) -> one(work.call(p, values.next())), true);
  }

  private static <T> Iterator<T> one(T value) {
    return List.of(value).iterator();
  }
}
