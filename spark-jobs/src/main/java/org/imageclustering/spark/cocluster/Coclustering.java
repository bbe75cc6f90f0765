package org.imageclustering.spark.cocluster;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.coclustering.BipartiteEmbedding;
import org.imageclustering.coclustering.BipartiteScaling;
import org.imageclustering.coclustering.CoclusteringOptions;
import org.imageclustering.coclustering.Coclusters;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.RowParts;
import org.imageclustering.spark.session.Draw;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.ClusterColumns;
import org.imageclustering.spark.sparse.PartedRows;
import org.imageclustering.spark.sparse.RowFacts;
import org.imageclustering.spark.sparse.SparseColumn;
import org.imageclustering.spark.sparse.SparseRow;

/**
 * Clusters rows and columns of a non-negative vector column together (the winner-take-all paper's
 * Algorithm 1; Dhillon 2001): images with their visual elements, documents with their words.
 *
 * <ol>
 *   <li>one pass counts and checks, one cuts the rows into parts by id;
 *   <li>the largest singular triples of {@code D1^-1/2 A D2^-1/2};
 *   <li>k-means on the points of rows and columns together;
 *   <li>the model assigns every row, one that was fitted or a new one, to the nearest centre; its
 *       confidence is the share of its weight that lies in the columns of its own cluster.
 * </ol>
 *
 * <p>A row without entries takes no part; the model gives it the cluster nearest to the origin and
 * confidence 0. A column without entries belongs to no cluster. Both are counted in the measures.
 *
 * <p>On the driver: the matrix itself up to 50 million entries (8 bytes each, 16 while it is cut),
 * beyond that the executors hold it and each product is a Spark job; the singular vectors of n
 * columns ({@code 8 n (l + 16)} bytes); where n is at most 1,024, {@code A^T A} ({@code 12 n^2}
 * bytes, beyond 50 million entries 32 times 8 n^2 while it is summed); and the points of at most
 * {@code sample} rows for k-means, {@code 4 l} bytes each. The result depends on the rows, the
 * options and the seed, not on how the rows are partitioned.
 */
public final class Coclustering extends Estimator<CoclusteringModel>
    implements CoclusterParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private static final long ENTRIES_ON_THE_DRIVER = 50_000_000;

  private final String uid;
  private final Columns columns;
  private final Settings settings;
  private transient StageStore stages = new InMemoryStageStore();
  private long entriesOnTheDriver = ENTRIES_ON_THE_DRIVER;

  /** An estimator with the defaults of {@link CoclusteringOptions} and k = 2. */
  public Coclustering() {
    this(Identifiable$.MODULE$.randomUID("coclustering"));
  }

  /** For MLlib's persistence. */
  public Coclustering(String uid) {
    this.uid = uid;
    this.columns = columnsOf(this);
    this.settings = new Settings(this);
    setOptions(CoclusteringOptions.defaults(2, 1));
  }

  /** The columns of the estimator or of its model. */
  static Columns columnsOf(ClusterColumns of) {
    return new Columns(
        of, "the vector, entries >= 0", "the cluster", "the association with it, in [0, 1]");
  }

  /** Sets all options but the columns from the validated record. */
  public Coclustering setOptions(CoclusteringOptions options) {
    set(k(), options.clusters());
    set(seed(), options.seed());
    set(variant(), Options.key(options.variant()));
    set(restarts(), options.restarts());
    set(sample(), options.sample());
    return this;
  }

  /**
   * Clusters the rows.
   *
   * @param rows with {@code idCol} (unique integers) and {@code featuresCol} (vector, entries at
   *     least 0)
   * @throws UserException if an option is out of range, an entry is negative or not finite, vectors
   *     differ in length, an id occurs twice, all rows are empty, or there are fewer different rows
   *     than clusters
   */
  @Override
  public CoclusteringModel fit(Dataset<?> rows) {
    CoclusteringOptions options = options();
    transformSchema(rows.schema());
    Dataset<Row> two = RowFacts.select(rows, getOrDefault(idCol()), getOrDefault(featuresCol()));
    SparseColumn column = SparseColumn.nonNegative(two.schema(), getOrDefault(featuresCol()));
    RowFacts facts = stages.step("cocluster-rows", () -> checked(two, column));
    JavaRDD<SparseRow> filled = filled(two, column).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      CoclusteringModel model = new CoclusteringModel(uid, clusters(filled, facts, options));
      copyValues(model, ParamMap.empty());
      return model.setParent(this);
    } finally {
      filled.unpersist();
    }
  }

  private static JavaRDD<SparseRow> filled(Dataset<Row> two, SparseColumn column) {
    return RowFacts.read(two, column).filter(row -> row.values().length > 0);
  }

  private Coclusters clusters(
      JavaRDD<SparseRow> filled, RowFacts facts, CoclusteringOptions options) {
    int parts = RowParts.count(facts.nonZeros(), facts.width());
    BipartiteScaling scaling;
    BipartiteEmbedding embedding;
    try (PartedRows parted = new PartedRows(scaled(filled), parts, facts.width())) {
      scaling = stages.step("cocluster-columns", () -> scaling(parted, facts));
      measure(scaling.columnSums());
      embedding =
          stages.step(
              "cocluster-vectors",
              () -> BipartiteEmbedding.fit(scaling, facts.rows() - facts.empty(), options));
    }
    stages.measure("cocluster-vectors", "vectors", embedding.singularValues().length);
    return stages.step(
        "cocluster-clusters",
        () ->
            Coclusters.fit(
                embedding,
                points(filled, embedding, facts, options),
                scaling.columnSums(),
                options));
  }

  private static JavaRDD<SparseRow> scaled(JavaRDD<SparseRow> rows) {
    return rows.map(row -> row.withValues(BipartiteScaling.row(row.values())));
  }

  private BipartiteScaling scaling(PartedRows parted, RowFacts facts) {
    boolean isSmall = facts.nonZeros() <= entriesOnTheDriver;
    return new BipartiteScaling(isSmall ? parted.collected() : parted.distributed());
  }

  private RowFacts checked(Dataset<Row> two, SparseColumn column) {
    RowFacts facts = RowFacts.of(two, column);
    if (facts.nonZeros() == 0) {
      throw new UserException(
          "Cannot co-cluster column '%s': found %d rows without an entry above 0, expected entries"
              .formatted(getOrDefault(featuresCol()), facts.rows()));
    }
    stages.measure("cocluster-rows", "rows", facts.rows());
    stages.measure("cocluster-rows", "empty rows", facts.empty());
    stages.measure("cocluster-rows", "entries", facts.nonZeros());
    return facts;
  }

  private void measure(double[] columnSums) {
    stages.measure("cocluster-columns", "columns", columnSums.length);
    stages.measure(
        "cocluster-columns",
        "empty columns",
        Arrays.stream(columnSums).filter(s -> s == 0).count());
  }

  /** Returns the points of the rows with the smallest hash of (seed, id), in the order of ids. */
  private static FloatMatrix points(
      JavaRDD<SparseRow> rows,
      BipartiteEmbedding embedding,
      RowFacts facts,
      CoclusteringOptions options) {
    Broadcast<BipartiteEmbedding> sent =
        JavaSparkContext.fromSparkContext(rows.context()).broadcast(embedding);
    try {
      double share = Draw.share(options.sample(), facts.rows() - facts.empty());
      List<RowPoint> drawn = drawn(rows, sent, share, options.seed()).collect();
      RowPoint[] points = drawn.toArray(new RowPoint[0]);
      return RowPoint.matrix(Draw.smallest(points, options.sample(), options.seed(), RowPoint::id));
    } finally {
      sent.destroy();
    }
  }

  private static JavaRDD<RowPoint> drawn(
      JavaRDD<SparseRow> rows, Broadcast<BipartiteEmbedding> sent, double share, long seed) {
    return rows.filter(row -> Draw.hash(seed, row.id()) < share)
        .map(row -> new RowPoint(row.id(), sent.value().point(row.columns(), row.values())));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    SparseColumn.nonNegative(schema, getOrDefault(featuresCol()));
    return clusteredSchema(schema);
  }

  @Override
  public Coclustering copy(ParamMap extra) {
    Coclustering copied = defaultCopy(extra);
    return copied.setStageStore(stages).setEntriesOnTheDriver(entriesOnTheDriver);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  /** Sets where steps and their measures are recorded; the log by default. Is not saved. */
  public Coclustering setStageStore(StageStore store) {
    this.stages = store;
    return this;
  }

  /** Sets the most entries that the driver holds; the result does not depend on it. */
  Coclustering setEntriesOnTheDriver(long most) {
    this.entriesOnTheDriver = most;
    return this;
  }

  /** Reads an estimator that was saved. */
  public static MLReader<Coclustering> read() {
    return new DefaultParamsReader<>();
  }

  /** Sets the column of the id. */
  public Coclustering setIdCol(String value) {
    set(idCol(), value);
    return this;
  }

  /** Sets the column of the vector. */
  public Coclustering setFeaturesCol(String value) {
    set(featuresCol(), value);
    return this;
  }

  /** Sets the column of the cluster. */
  public Coclustering setPredictionCol(String value) {
    set(predictionCol(), value);
    return this;
  }

  /** Sets the column of the confidence. */
  public Coclustering setConfidenceCol(String value) {
    set(confidenceCol(), value);
    return this;
  }

  /** Sets the number of clusters. */
  public Coclustering setK(int value) {
    set(k(), value);
    return this;
  }

  /** Sets the seed. */
  public Coclustering setSeed(long value) {
    set(seed(), value);
    return this;
  }

  /** Sets the variant, {@code paper} or {@code dhillon}. */
  public Coclustering setVariant(String value) {
    set(variant(), value);
    return this;
  }

  /** Sets the starts of k-means. */
  public Coclustering setRestarts(int value) {
    set(restarts(), value);
    return this;
  }

  /** Sets the most rows that k-means sees. */
  public Coclustering setSample(int value) {
    set(sample(), value);
    return this;
  }
}
