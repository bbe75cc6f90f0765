package org.imageclustering.spark.refine;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.refine.Growth;
import org.imageclustering.refine.JoinedClassifiers;
import org.imageclustering.refine.LinearClassifier;
import org.imageclustering.refine.PrincipalComponents;
import org.imageclustering.refine.SvmClusters;
import org.imageclustering.refine.SvmOptions;
import org.imageclustering.refine.TrainingSet;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.settings.ClusterColumns;
import org.imageclustering.spark.sparse.PartedRows;
import org.imageclustering.spark.sparse.RowFacts;
import org.imageclustering.spark.sparse.SparseColumn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refines clusters of any features by linear support vector machines (the winner-take-all paper's
 * Algorithm 2):
 *
 * <ol>
 *   <li>rows of length 1 on the principal components of a sample, each of unit deviation;
 *   <li>for each initial cluster a classifier, from its most confident rows on, trained again and
 *       again with more positive rows over the subsets of the data;
 *   <li>classifiers that agree are merged, down to a number of clusters where one is given;
 *   <li>the model sends every row to the classifier with the largest signed distance.
 * </ol>
 *
 * <p>The classifiers are trained on at most {@code sample} rows, drawn by (seed, id). On the driver
 * and on every executor: their points ({@code 4 d + 12} bytes a row, liblinear another 28 d); on
 * the driver also the entries of at most 10,000 rows for the components, and n x d numbers for n
 * columns. A stage store keeps the components and each cluster's classifier, in the order of the
 * clusters, so that a fit that was stopped goes on after the last of them. The result depends on
 * the rows, the options and the seed, not on how the rows are partitioned.
 */
public final class SvmRefiner extends Estimator<SvmRefinerModel>
    implements SvmParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private static final Logger LOG = LoggerFactory.getLogger(SvmRefiner.class);
  private static final int ROWS_FOR_COMPONENTS = 10_000;
  private static final String STAGE = "svm-rows";

  private final String uid;
  private final Columns columns;
  private final Settings settings;
  private transient StageStore stages = new InMemoryStageStore();

  /** An estimator with the defaults of {@link SvmOptions}, the number of clusters to be found. */
  public SvmRefiner() {
    this(Identifiable$.MODULE$.randomUID("svmRefiner"));
  }

  /** For MLlib's persistence. */
  public SvmRefiner(String uid) {
    this.uid = uid;
    this.columns = columnsOf(this);
    this.settings = new Settings(this);
    setOptions(SvmOptions.defaults(SvmOptions.AUTO, 1));
  }

  /** The columns of the estimator or of its model. */
  static Columns columnsOf(ClusterColumns of) {
    return new Columns(of, "the vector", "the final cluster", "the squashed signed distance");
  }

  /**
   * Returns rows that were clustered as rows to be refined: prediction and confidence become the
   * initial cluster and its confidence, in the columns that are the default.
   */
  public static Dataset<Row> initial(Dataset<Row> clustered) {
    return clustered
        .withColumnRenamed("prediction", ASSIGNMENT)
        .withColumnRenamed("confidence", ASSIGNMENT_CONFIDENCE);
  }

  /** Sets all options but the columns from the validated record. */
  public SvmRefiner setOptions(SvmOptions options) {
    set(clusters(), options.clusters());
    set(seed(), options.seed());
    set(engine(), Options.key(options.engine()));
    set(cost(), options.cost());
    set(components(), options.components());
    set(sample(), options.sample());
    set(subsets(), options.growth().subsets());
    set(least(), options.growth().least());
    set(step(), options.growth().step());
    set(most(), options.growth().most());
    set(joining(), Options.key(options.joining()));
    set(agreement(), Options.key(options.agreement()));
    set(refits(), options.refits());
    set(threshold(), options.threshold());
    return this;
  }

  /**
   * Refines the clusters.
   *
   * @param rows with {@code idCol} (unique integers), {@code featuresCol} (vector), {@code
   *     assignmentCol} (int, at least 0) and {@code assignmentConfidenceCol} (double)
   * @throws UserException if an option is out of range or does not fit the number of rows, a value
   *     is missing or not finite, an id occurs twice, fewer than two initial clusters have rows, or
   *     there are fewer of them than final ones
   */
  @Override
  public SvmRefinerModel fit(Dataset<?> rows) {
    SvmOptions options = options();
    String features = getOrDefault(featuresCol());
    String assignment = getOrDefault(assignmentCol());
    String confidence = getOrDefault(assignmentConfidenceCol());
    AssignedRow.requireColumns(rows.schema(), assignment, confidence);
    Dataset<Row> four =
        RowFacts.select(rows, getOrDefault(idCol()), features, assignment, confidence);
    SparseColumn column = SparseColumn.any(four.schema(), features);
    RowFacts facts = stages.step(STAGE, () -> checked(four, column));
    RefinementSample drawn = new RefinementSample(read(four, column), facts.rows(), options.seed());
    PrincipalComponents axes = components(rows.sparkSession(), drawn, facts.width(), options);
    TrainingSet set = stages.step("svm-points", () -> drawn.points(options.sample(), axes));
    int[] filled = filled(set, options);
    SvmRefinerModel model =
        new SvmRefinerModel(uid, refined(rows.sparkSession(), axes, set, filled, options));
    copyValues(model, ParamMap.empty());
    return model.setParent(this);
  }

  private RowFacts checked(Dataset<Row> four, SparseColumn column) {
    RowFacts facts = RowFacts.of(four, column);
    PartedRows.requireUniqueIds(RowFacts.read(four, column), 1 + (int) (facts.rows() / 1_000_000));
    stages.measure(STAGE, "rows", facts.rows());
    stages.measure(STAGE, "empty rows", facts.empty());
    return facts;
  }

  private static JavaRDD<AssignedRow> read(Dataset<Row> four, SparseColumn column) {
    return four.javaRDD().map(row -> AssignedRow.read(row, column));
  }

  private PrincipalComponents components(
      SparkSession spark, RefinementSample drawn, int width, SvmOptions options) {
    Dataset<Row> table =
        stages.once(
            "svm-components",
            options.seed() + " " + options.components(),
            () -> {
              PrincipalComponents fitted =
                  PrincipalComponents.fit(
                      drawn.unitRows(ROWS_FOR_COMPONENTS, width),
                      width,
                      options.components(),
                      options.seed());
              return SvmTables.components(spark, fitted);
            });
    return SvmTables.components(table);
  }

  /** Returns the initial clusters that have rows; says which are empty or small. */
  private int[] filled(TrainingSet set, SvmOptions options) {
    int[] filled =
        IntStream.range(0, set.clusters()).filter(cluster -> set.size(cluster) > 0).toArray();
    if (options.clusters() > filled.length) {
      throw new UserException(
          "Cannot use svm.clusters: found %d, expected at most the number of initial clusters, %d"
              .formatted(options.clusters(), filled.length));
    }
    Growth growth = growth(set, filled, options);
    long small = Arrays.stream(filled).filter(c -> set.size(c) < growth.least()).count();
    stages.measure("svm-points", "rows", set.points().rows());
    stages.measure("svm-points", "components", set.points().columns());
    stages.measure("svm-points", "empty clusters", set.clusters() - filled.length);
    stages.measure("svm-points", "clusters of fewer rows than svm.least", small);
    stages.measure("svm-points", "fits a cluster", growth.fits());
    return filled;
  }

  private static Growth growth(TrainingSet set, int[] filled, SvmOptions options) {
    int clusters = options.clusters() == SvmOptions.AUTO ? filled.length : options.clusters();
    return options.growth().resolved(set.points().rows(), clusters);
  }

  private SvmClusters refined(
      SparkSession spark,
      PrincipalComponents axes,
      TrainingSet set,
      int[] filled,
      SvmOptions options) {
    Growth growth = growth(set, filled, options);
    try (Chains chains = new Chains(spark, set, growth, options)) {
      LinearClassifier[] classifiers = classifiers(spark, chains, filled, options + " " + growth);
      return stages.step("svm-merging", () -> merged(axes, classifiers, set, options, chains));
    }
  }

  private LinearClassifier[] classifiers(
      SparkSession spark, Chains chains, int[] filled, String settings) {
    LinearClassifier[] classifiers = new LinearClassifier[filled.length];
    for (int c = 0; c < filled.length; c++) {
      int[] left = Arrays.copyOfRange(filled, c, filled.length);
      Dataset<Row> table =
          stages.once(
              "svm-classifier-" + filled[c],
              settings,
              () -> SvmTables.classifiers(spark, chains.of(left[0], left)));
      classifiers[c] = SvmTables.classifiers(table)[0];
    }
    return classifiers;
  }

  private SvmClusters merged(
      PrincipalComponents axes,
      LinearClassifier[] classifiers,
      TrainingSet set,
      SvmOptions options,
      Chains chains) {
    JoinedClassifiers joined =
        JoinedClassifiers.of(classifiers, set, axes, options)
            .refitted(chains::refit, options.refits(), options.seed());
    joined.measures().forEach((name, value) -> stages.measure("svm-merging", name, value));
    if (joined.isWorse()) {
      LOG.warn(
          "The refinement has made the clusters worse, judged by neighbours: {}",
          joined.measures());
    }
    return new SvmClusters(axes, joined.classifiers(), joined.groups());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    AssignedRow.requireColumns(
        schema, getOrDefault(assignmentCol()), getOrDefault(assignmentConfidenceCol()));
    SparseColumn.any(schema, getOrDefault(featuresCol()));
    return clusteredSchema(schema);
  }

  @Override
  public SvmRefiner copy(ParamMap extra) {
    SvmRefiner copied = defaultCopy(extra);
    return copied.setStageStore(stages);
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

  /** Sets where stages are kept and measures recorded; nothing is kept by default. Is not saved. */
  public SvmRefiner setStageStore(StageStore store) {
    this.stages = store;
    return this;
  }

  /** Reads an estimator that was saved. */
  public static MLReader<SvmRefiner> read() {
    return new DefaultParamsReader<>();
  }

  /** Sets the column of the id. */
  public SvmRefiner setIdCol(String value) {
    set(idCol(), value);
    return this;
  }

  /** Sets the column of the vector. */
  public SvmRefiner setFeaturesCol(String value) {
    set(featuresCol(), value);
    return this;
  }

  /** Sets the column of the initial cluster. */
  public SvmRefiner setAssignmentCol(String value) {
    set(assignmentCol(), value);
    return this;
  }

  /** Sets the column of the initial cluster's confidence. */
  public SvmRefiner setAssignmentConfidenceCol(String value) {
    set(assignmentConfidenceCol(), value);
    return this;
  }

  /** Sets the column of the final cluster. */
  public SvmRefiner setPredictionCol(String value) {
    set(predictionCol(), value);
    return this;
  }

  /** Sets the column of the final confidence. */
  public SvmRefiner setConfidenceCol(String value) {
    set(confidenceCol(), value);
    return this;
  }

  /** Sets the final number of clusters; 0: what merging leaves. */
  public SvmRefiner setClusters(int value) {
    set(clusters(), value);
    return this;
  }

  /** Sets the seed. */
  public SvmRefiner setSeed(long value) {
    set(seed(), value);
    return this;
  }

  /** Sets the engine, {@code liblinear} or {@code mllib}. */
  public SvmRefiner setEngine(String value) {
    set(engine(), value);
    return this;
  }
}
