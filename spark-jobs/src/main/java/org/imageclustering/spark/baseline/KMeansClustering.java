package org.imageclustering.spark.baseline;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.mllib.clustering.KMeans;
import org.apache.spark.mllib.clustering.KMeansModel;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.imageclustering.UserException;
import scala.Tuple2;

/**
 * Lloyd's k-means by MLlib, with a result that does not depend on how the rows are partitioned.
 *
 * <p>Three things make it so. The initial centres are drawn by (seed, id) from the whole input, by
 * k-means++ on a bounded sample, instead of by MLlib's own draw, which is seeded by partition. The
 * rows are put by id into a number of partitions that depends on their count alone. And the sums of
 * the centres are exact: every entry is rounded to a grid of 2^-24 of the largest one, the
 * precision of single-precision floats, on which a double adds up 2^29 entries without rounding in
 * any order.
 */
public final class KMeansClustering extends Estimator<KMeansClusteringModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;
  private static final int ROWS_OF_A_PARTITION = 2500;

  private final String uid;
  private final Param<String> idCol;
  private final Param<String> featuresCol;
  private final IntParam k;
  private final LongParam seed;
  private final IntParam maxIter;
  private final DoubleParam tol;
  private final IntParam restarts;

  /** An estimator with MLlib's usual defaults. */
  public KMeansClustering() {
    this(Identifiable$.MODULE$.randomUID("kMeansClustering"));
  }

  /** For MLlib's persistence. */
  public KMeansClustering(String uid) {
    this.uid = uid;
    // A Param takes its owner's uid when it is made.
    this.idCol = new Param<>(this, "idCol", "column of the unique id, long");
    this.featuresCol = new Param<>(this, "featuresCol", "column of the vector to cluster");
    this.k = new IntParam(this, "k", "number of clusters, at least 2");
    this.seed = new LongParam(this, "seed", "seed of the initial centres");
    this.maxIter = new IntParam(this, "maxIter", "passes of one start");
    this.tol = new DoubleParam(this, "tol", "a start ends when no centre moves further");
    this.restarts = new IntParam(this, "restarts", "number of starts");
    setDefault(idCol(), "id");
    setDefault(featuresCol(), "features");
    setDefault(k(), 2);
    setDefault(seed(), 1L);
    setDefault(maxIter(), 50);
    setDefault(tol(), 1e-4);
    setDefault(restarts(), 5);
  }

  /** Sets all parameters from the validated options. */
  public KMeansClustering setOptions(KMeansOptions options) {
    set(k(), options.clusters());
    set(seed(), options.seed());
    set(maxIter(), options.iterations());
    set(tol(), options.tolerance());
    set(restarts(), options.restarts());
    return this;
  }

  /**
   * Clusters the rows.
   *
   * @param rows with {@code idCol} long and {@code featuresCol} vector; no value may be NaN
   * @throws UserException if there are fewer distinct vectors than clusters
   */
  @Override
  public KMeansClusteringModel fit(Dataset<?> rows) {
    KMeansOptions options = options();
    transformSchema(rows.schema());
    JavaPairRDD<Long, Vector> points = keyed(rows);
    points.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      double grid = grid(points);
      JavaRDD<Vector> sorted = sorted(points, grid).persist(StorageLevel.MEMORY_AND_DISK());
      try {
        InitialCentres centres = InitialCentres.draw(points, options, grid);
        KMeansModel best =
            IntStream.range(0, options.restarts())
                .mapToObj(restart -> lloyd(sorted, centres.of(restart), options))
                .min(Comparator.comparingDouble(KMeansModel::trainingCost))
                .orElseThrow();
        return model(best);
      } finally {
        sorted.unpersist();
      }
    } finally {
      points.unpersist();
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return KMeansClusteringModel.outputSchema(schema, getOrDefault(featuresCol()));
  }

  @Override
  public KMeansClustering copy(ParamMap extra) {
    return (KMeansClustering) defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Column of the id. */
  public Param<String> idCol() {
    return idCol;
  }

  /** Column of the vector. */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** Number of clusters. */
  public IntParam k() {
    return k;
  }

  /** Seed of the initial centres. */
  public LongParam seed() {
    return seed;
  }

  /** Passes of one start. */
  public IntParam maxIter() {
    return maxIter;
  }

  /** Where a start ends. */
  public DoubleParam tol() {
    return tol;
  }

  /** Number of starts. */
  public IntParam restarts() {
    return restarts;
  }

  /** Sets the column of the id. */
  public KMeansClustering setIdCol(String column) {
    set(idCol(), column);
    return this;
  }

  /** Sets the column of the vector. */
  public KMeansClustering setFeaturesCol(String column) {
    set(featuresCol(), column);
    return this;
  }

  /** Sets the number of clusters. */
  public KMeansClustering setK(int clusters) {
    set(k(), clusters);
    return this;
  }

  /** Sets the seed. */
  public KMeansClustering setSeed(long value) {
    set(seed(), value);
    return this;
  }

  /** Reads an estimator that was saved. */
  public static MLReader<KMeansClustering> read() {
    return new DefaultParamsReader<>();
  }

  private KMeansOptions options() {
    return new KMeansOptions(
        (Integer) getOrDefault(k()),
        (Long) getOrDefault(seed()),
        (Integer) getOrDefault(maxIter()),
        (Double) getOrDefault(tol()),
        (Integer) getOrDefault(restarts()));
  }

  private KMeansClusteringModel model(KMeansModel best) {
    Vector[] centres = best.clusterCenters();
    double[][] rows = new double[centres.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = centres[i].toArray();
    }
    KMeansClusteringModel model = new KMeansClusteringModel(uid, rows, best.trainingCost());
    copyValues(model, ParamMap.empty());
    return model.setParent(this);
  }

  private JavaPairRDD<Long, Vector> keyed(Dataset<?> rows) {
    Dataset<Row> two = rows.select(getOrDefault(idCol()), getOrDefault(featuresCol()));
    return two.javaRDD().mapToPair(KMeansClustering::keyAndVector);
  }

  private static Tuple2<Long, Vector> keyAndVector(Row row) {
    org.apache.spark.ml.linalg.Vector vector = row.getAs(1);
    return new Tuple2<>(row.getLong(0), Vectors.fromML(vector.compressed()));
  }

  /** Returns 2^-24 of the power of two above the largest entry's magnitude. */
  private static double grid(JavaPairRDD<Long, Vector> points) {
    double largest = points.values().map(KMeansClustering::largestEntry).fold(0.0, Math::max);
    if (!Double.isFinite(largest)) {
      throw new UserException(
          "Cannot cluster the vectors: found an entry that is NaN or infinite, expected numbers");
    }
    return largest == 0 ? 1 : Math.scalb(1.0, Math.getExponent(largest) + 1 - 24);
  }

  private static Double largestEntry(Vector vector) {
    double largest = 0;
    for (double value : vector.toArray()) {
      largest = Double.isNaN(value) ? Double.POSITIVE_INFINITY : Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static JavaRDD<Vector> sorted(JavaPairRDD<Long, Vector> points, double grid) {
    long partitions = 1 + (points.count() - 1) / ROWS_OF_A_PARTITION;
    return points
        .repartitionAndSortWithinPartitions(new HashPartitioner((int) Math.min(partitions, 10_000)))
        .values()
        .map(vector -> onGrid(vector, grid));
  }

  static Vector onGrid(Vector vector, double grid) {
    double[] values = vector.toArray().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.rint(values[i] / grid) * grid;
    }
    return Vectors.dense(values).compressed();
  }

  private static KMeansModel lloyd(
      JavaRDD<Vector> points, Vector[] initial, KMeansOptions options) {
    return new KMeans()
        .setK(initial.length)
        .setMaxIterations(options.iterations())
        .setEpsilon(options.tolerance())
        .setInitialModel(new KMeansModel(initial))
        .run(points.rdd());
  }
}
