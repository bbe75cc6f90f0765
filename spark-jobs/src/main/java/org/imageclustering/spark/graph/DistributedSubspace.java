package org.imageclustering.spark.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.spectral.ChebyshevFilter;
import org.imageclustering.spectral.ChebyshevOptions;
import org.imageclustering.spectral.ChebyshevSubspace;
import org.imageclustering.spectral.EigenSolver;
import org.imageclustering.spectral.LocalSubspace;
import org.imageclustering.spectral.RowPart;
import org.imageclustering.spectral.Subspace;
import org.imageclustering.spectral.SymmetricOperator;
import scala.Tuple2;

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

  /** Fewer columns leave the inner loop of a product unfilled. */
  private static final int LEAST_COLUMNS = 8;

  private final JavaSparkContext spark;
  private final Broadcast<SymmetricOperator> matrix;
  private final BlockLayout layout;
  private final int threads;
  private final List<JavaRDD<?>> stored = new ArrayList<>();
  private JavaRDD<float[]> panels;
  private JavaRDD<Rows> parts;

  private DistributedSubspace(JavaSparkContext spark, SymmetricOperator matrix, int width) {
    this.spark = spark;
    this.threads = spark.getConf().getInt("spark.task.cpus", 1);
    int slots = Math.max(1, spark.defaultParallelism() / threads);
    int panelCount = Math.min(slots, (width - 1) / LEAST_COLUMNS + 1);
    int partCount = new BlockLayout(matrix.dimension(), width, panelCount, 1).parts();
    this.layout =
        new BlockLayout(matrix.dimension(), width, panelCount, Math.min(slots, partCount));
    this.matrix = spark.broadcast(matrix);
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
    BlockLayout shape = layout;
    JavaRDD<float[]> old = from == 0 ? spark.parallelize(noPanels(), shape.panels()) : panels;
    panels =
        old.mapPartitionsWithIndex(
            (p, values) -> one(randomised(shape, p, from, seed, values.next())), true);
  }

  private List<float[]> noPanels() {
    return IntStream.range(0, layout.panels())
        .mapToObj(p -> new float[0])
        .collect(Collectors.toList());
  }

  private static float[] randomised(
      BlockLayout layout, int panel, int from, long seed, float[] old) {
    int panelWidth = layout.panelWidth(panel);
    float[] values = from == 0 ? new float[layout.n() * panelWidth] : old.clone();
    float[] numbers = new float[layout.width()];
    for (int row = 0; row < layout.n(); row++) {
      RowPart.randomise(seed, row, numbers);
      for (int c = layout.ofFirst(from, panel); c < panelWidth; c++) {
        values[row * panelWidth + c] = numbers[layout.column(panel, c)];
      }
    }
    return values;
  }

  @Override
  public void filter(ChebyshevFilter filter, int first) {
    BlockLayout shape = layout;
    Broadcast<SymmetricOperator> shared = matrix;
    int cores = threads;
    panels =
        panels.mapPartitionsWithIndex(
            (p, values) ->
                one(filtered(shape, shared.value(), p, filter, first, values.next(), cores)),
            true);
  }

  private static float[] filtered(
      BlockLayout layout,
      SymmetricOperator matrix,
      int panel,
      ChebyshevFilter filter,
      int first,
      float[] old,
      int threads) {
    float[] values = old.clone();
    LocalSubspace columns = new LocalSubspace(matrix, layout.panelWidth(panel), values);
    Parallel.within(threads, () -> columns.filter(filter, layout.ofFirst(first, panel)));
    return values;
  }

  @Override
  public Projections projections() {
    BlockLayout shape = layout;
    Broadcast<SymmetricOperator> shared = matrix;
    int cores = threads;
    JavaRDD<Rows> next =
        panels
            .mapPartitionsWithIndex(
                (p, values) -> slices(shape, shared.value(), p, values.next(), cores), true)
            .mapToPair(slice -> slice)
            .partitionBy(shape.byPart())
            .mapPartitions(slices -> parts(shape, slices, cores))
            .persist(StorageLevel.MEMORY_AND_DISK());
    List<Projections> shares = next.map(rows -> rows.projections).collect();
    forgetStored();
    parts = next;
    stored.add(next);
    return RowPart.sum(shares, layout.width());
  }

  /** Returns a panel and its product with the matrix, cut into parts of rows. */
  private static Iterator<Tuple2<Integer, Slice>> slices(
      BlockLayout layout, SymmetricOperator matrix, int panel, float[] values, int threads) {
    int panelWidth = layout.panelWidth(panel);
    float[][] image = new float[1][];
    Parallel.within(
        threads, () -> image[0] = new LocalSubspace(matrix, panelWidth, values).image());
    return IntStream.range(0, layout.parts())
        .mapToObj(
            part ->
                new Tuple2<>(
                    part,
                    new Slice(
                        panel,
                        layout.slice(values, panelWidth, part),
                        layout.slice(image[0], panelWidth, part))))
        .iterator();
  }

  private static Iterator<Rows> parts(
      BlockLayout layout, Iterator<Tuple2<Integer, Slice>> slices, int threads) {
    Map<Integer, Rows> parts = new TreeMap<>();
    while (slices.hasNext()) {
      Tuple2<Integer, Slice> next = slices.next();
      Rows rows =
          parts.computeIfAbsent(
              next._1(), part -> new Rows(part, layout.rows(part) * layout.width()));
      layout.toPart(next._2().values, next._2().number, rows.values);
      layout.toPart(next._2().image, next._2().number, rows.image);
    }
    List<Rows> complete = new ArrayList<>(parts.values());
    Parallel.within(
        threads,
        () ->
            Parallel.forChunks(
                complete.size(), 1, (i, from, until) -> complete.get(i).project(layout.width())));
    return complete.iterator();
  }

  @Override
  public void rotate(float[] rotation) {
    BlockLayout shape = layout;
    panels =
        parts
            .flatMapToPair(rows -> rotated(shape, rows, rotation))
            .partitionBy(shape.byPanel())
            .mapPartitionsWithIndex((p, slices) -> one(panel(shape, p, slices)), true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    stored.add(panels);
  }

  /** Returns the rotated rows of a part, cut into panels. */
  private static Iterator<Tuple2<Integer, Slice>> rotated(
      BlockLayout layout, Rows rows, float[] rotation) {
    float[] product = RowPart.times(rows.values, layout.width(), rotation);
    return IntStream.range(0, layout.panels())
        .mapToObj(p -> new Tuple2<>(p, new Slice(rows.part, layout.fromPart(product, p), null)))
        .iterator();
  }

  private static float[] panel(
      BlockLayout layout, int panel, Iterator<Tuple2<Integer, Slice>> slices) {
    int panelWidth = layout.panelWidth(panel);
    float[] values = new float[layout.n() * panelWidth];
    while (slices.hasNext()) {
      Slice slice = slices.next()._2();
      layout.toPanel(slice.values, panelWidth, slice.number, values);
    }
    return values;
  }

  @Override
  public double[] residuals(double[] values) {
    BlockLayout shape = layout;
    Broadcast<SymmetricOperator> shared = matrix;
    int cores = threads;
    List<double[]> found =
        panels
            .mapPartitionsWithIndex(
                (p, columns) ->
                    one(residuals(shape, shared.value(), p, columns.next(), values, cores)),
                true)
            .collect();
    double[] residuals = new double[values.length];
    for (int p = 0; p < found.size(); p++) {
      for (int c = 0; c < found.get(p).length; c++) {
        residuals[layout.column(p, c)] = found.get(p)[c];
      }
    }
    return residuals;
  }

  private static double[] residuals(
      BlockLayout layout,
      SymmetricOperator matrix,
      int panel,
      float[] columns,
      double[] values,
      int threads) {
    double[] own = new double[layout.ofFirst(values.length, panel)];
    Arrays.setAll(own, c -> values[layout.column(panel, c)]);
    double[][] residuals = new double[1][];
    Parallel.within(
        threads,
        () ->
            residuals[0] =
                new LocalSubspace(matrix, layout.panelWidth(panel), columns).residuals(own));
    return residuals[0];
  }

  @Override
  public FloatMatrix columns(int count) {
    BlockLayout shape = layout;
    List<byte[]> found =
        panels
            .mapPartitionsWithIndex((p, values) -> one(shape.first(count, p, values.next())), true)
            .collect();
    float[] columns = new float[Math.multiplyExact(layout.n(), count)];
    for (int p = 0; p < found.size(); p++) {
      layout.toColumns(found.get(p), p, columns, count);
    }
    return new FloatMatrix(layout.n(), count, columns);
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

  private static <T> Iterator<T> one(T value) {
    return List.of(value).iterator();
  }

  /** Some rows of some columns on their way. */
  private static final class Slice implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of the panel, or the part, that it comes from. */
    private final int number;

    private final byte[] values;

    /** The same rows and columns of the block's product with the matrix; null where unwanted. */
    private final byte[] image;

    Slice(int number, byte[] values, byte[] image) {
      this.number = number;
      this.values = values;
      this.image = image;
    }
  }

  /** A part of the block's rows, with all columns. */
  private static final class Rows implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int part;
    private final float[] values;
    private float[] image;
    private Projections projections;

    Rows(int part, int length) {
      this.part = part;
      this.values = new float[length];
      this.image = new float[length];
    }

    /** Computes the part's share, for which alone the product was needed. */
    void project(int width) {
      projections = RowPart.projections(values, image, width);
      image = null;
    }
  }
}
