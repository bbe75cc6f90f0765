package org.imageclustering.spark.spectral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.criterion.Criterion;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.partition.Candidate;
import org.imageclustering.partition.CandidateScores;
import org.imageclustering.partition.DistinctPoints;
import org.imageclustering.partition.PoolOptions;
import org.imageclustering.partition.SpectralClustering;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spark.graph.DistributedSubspace;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.imageclustering.spark.session.StageStore;

/**
 * Clusters the vectors of a column into exactly K clusters by the spectral last step, K being given
 * or, where it is 0, suggested by {@link org.imageclustering.partition.ClusterCount}:
 *
 * <ol>
 *   <li>at most {@code landmarks} points, chosen by (seed, id), equal ones merged;
 *   <li>their graph of nearest neighbours and its largest eigenvectors; where a vector consists of
 *       several views of its point, the graph of neighbours that views share ({@link
 *       org.imageclustering.graph.SharedNeighbours});
 *   <li>a pool of candidate partitions, of which the better ones by a label-free criterion vote,
 *       and single moves until none raises the modularity ({@link
 *       org.imageclustering.partition.CandidatePool});
 *   <li>the model assigns every other point by its nearest landmarks.
 * </ol>
 *
 * <p>The search for neighbours is spread over the cluster, everything else runs on the cores of the
 * driver. Driver memory: about {@code 8 d + 2,000} bytes a landmark for vectors of d entries, hence
 * 280 MB for 100,000 landmarks of 100 entries and 830 MB for 784; {@code 16 k} more for every view,
 * and for a while the view's own entries once more. The result depends on the rows, the options and
 * the seed, not on how the rows are partitioned.
 */
public final class SpectralEmbedding extends Estimator<SpectralEmbeddingModel>
    implements SpectralParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** The step of the graph, its eigenvectors and the partitions. */
  public static final String GRAPH = "last-step-graph";

  /** The measure of {@link #GRAPH} that is the modularity of the result, below 1. */
  public static final String MODULARITY = "modularity";

  /** The measure of {@link #GRAPH} that says how K was found. */
  public static final String CLUSTER_COUNT = "number of clusters";

  private final String uid;
  private final Columns columns;
  private final Settings settings;
  private transient StageStore stages = new InMemoryStageStore();

  /** An estimator with the defaults of {@link SpectralEmbeddingOptions} and K = 2. */
  public SpectralEmbedding() {
    this(Identifiable$.MODULE$.randomUID("spectralEmbedding"));
  }

  /** For MLlib's persistence. */
  public SpectralEmbedding(String uid) {
    this.uid = uid;
    this.columns = new Columns(this);
    this.settings = new Settings(this);
    setOptions(SpectralEmbeddingOptions.defaults(2, 1));
  }

  /** Sets all options but the columns from the validated record. */
  public SpectralEmbedding setOptions(SpectralEmbeddingOptions options) {
    set(k(), options.clusters());
    set(seed(), options.seed());
    set(views(), options.views().stream().mapToInt(v -> v).toArray());
    set(neighbours(), options.neighbours());
    set(weights(), Options.key(options.weights()));
    set(symmetrisation(), Options.key(options.symmetrisation()));
    set(landmarks(), options.landmarks());
    set(voters(), options.voters());
    set(mostClusters(), options.mostClusters());
    PoolOptions pool = options.pool();
    set(criterion(), Options.key(pool.criterion()));
    set(consensus(), pool.consensus());
    set(commuteVectors(), pool.commuteVectors().stream().mapToInt(v -> v).toArray());
    set(njwFactors(), pool.njwFactors().stream().mapToDouble(v -> v).toArray());
    set(restarts(), pool.restarts());
    set(wardCentres(), pool.wardCentres());
    set(mergedCentres(), pool.mergedCentres().stream().mapToInt(v -> v).toArray());
    set(localMoves(), pool.localMoves());
    set(silhouetteSample(), pool.silhouetteSample());
    return this;
  }

  /**
   * Clusters the rows.
   *
   * @param rows with {@code idCol} (unique integers) and {@code featuresCol} (vector, array of
   *     float or double)
   * @throws UserException if an option is out of range, a value is null, not finite or of another
   *     length, an id occurs twice, or there are fewer distinct points than clusters
   */
  @Override
  public SpectralEmbeddingModel fit(Dataset<?> rows) {
    SpectralEmbeddingOptions options = options();
    transformSchema(rows.schema());
    SparkSession spark = rows.sparkSession();
    LandmarkSample sample = stages.step("last-step-points", () -> sample(rows, options));
    DistinctPoints distinct = DistinctPoints.of(sample.points());
    stages.measure("last-step-points", "rows", sample.rowCount());
    stages.measure("last-step-points", "fitted", sample.ids().length);
    stages.measure("last-step-points", "distinct", distinct.points().rows());
    SpectralClustering.checkCount(distinct.points().rows(), options);
    int[] views =
        Views.of(
            rows.schema(),
            getOrDefault(featuresCol()),
            distinct.points().columns(),
            options.views());
    LandmarkSearch search = new LandmarkSearch(context(spark), distinct.points(), options, stages);
    Neighbours whole = search.whole();
    List<Neighbours> shown = search.views(views, whole);
    SpectralClustering clustering =
        stages.step(
            GRAPH,
            () ->
                SpectralClustering.fit(
                    whole, shown, options, DistributedSubspace.solver(context(spark))));
    measure(clustering);
    SpectralEmbeddingModel model =
        new SpectralEmbeddingModel(uid, fitted(sample, distinct, clustering, options))
            .withClusterCount(clustering.clusterCount());
    copyValues(model, ParamMap.empty());
    return model.setParent(this);
  }

  /**
   * Clusters the nodes of a graph that was computed elsewhere. The model's {@code fitted} rows hold
   * the result; other vectors that it transforms are taken for rows of the embedding.
   *
   * @throws UserException if an option is out of range or there are fewer nodes than clusters
   */
  public SpectralEmbeddingModel fit(SparkSession spark, GivenGraph given) {
    SpectralEmbeddingOptions options = options();
    SpectralClustering clustering =
        stages.step(
            GRAPH,
            () ->
                SpectralClustering.fit(
                    given.graph(), options, DistributedSubspace.solver(context(spark))));
    measure(clustering);
    FittedClustering fitted =
        new FittedClustering(
            given.ids(),
            IntStream.range(0, given.ids().length).toArray(),
            clustering.landmarks(clustering.pool().embedding(), options.weights()),
            new FittedClustering.Settings(
                clustering.clusters(), options.voters(), clustering.components(), options.seed()),
            new double[][] {clustering.eigenPairs().values(), clustering.eigenPairs().residuals()},
            candidates(clustering));
    SpectralEmbeddingModel model =
        new SpectralEmbeddingModel(uid, fitted).withClusterCount(clustering.clusterCount());
    copyValues(model, ParamMap.empty());
    return model.setParent(this);
  }

  private static JavaSparkContext context(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  private LandmarkSample sample(Dataset<?> rows, SpectralEmbeddingOptions options) {
    context(rows.sparkSession()).setJobDescription("last step: points");
    return LandmarkSample.of(
        rows,
        getOrDefault(idCol()),
        getOrDefault(featuresCol()),
        options.landmarks(),
        options.seed());
  }

  private void measure(SpectralClustering clustering) {
    CandidateScores scores = clustering.pool().result().scores();
    double residual = Arrays.stream(clustering.eigenPairs().residuals()).max().orElse(0);
    stages.measure(GRAPH, "edges", clustering.graph().nonZeros() / 2);
    stages.measure(GRAPH, "components", clustering.components());
    stages.measure(GRAPH, "largest residual", residual);
    stages.measure(GRAPH, "candidates", clustering.pool().candidates().size());
    stages.measure(GRAPH, "voters", clustering.pool().voters());
    stages.measure(GRAPH, "chosen", clustering.pool().result().name());
    stages.measure(GRAPH, MODULARITY, scores.modularity());
    clustering
        .clusterCount()
        .ifPresent(count -> stages.measure(GRAPH, CLUSTER_COUNT, count.explanation()));
  }

  private static FittedClustering fitted(
      LandmarkSample sample,
      DistinctPoints distinct,
      SpectralClustering clustering,
      SpectralEmbeddingOptions options) {
    return new FittedClustering(
        sample.ids(),
        distinct.owner(),
        clustering.landmarks(distinct.points(), options.weights()),
        new FittedClustering.Settings(
            clustering.clusters(), options.voters(), clustering.components(), options.seed()),
        new double[][] {clustering.eigenPairs().values(), clustering.eigenPairs().residuals()},
        candidates(clustering));
  }

  private static FittedClustering.Candidates candidates(SpectralClustering clustering) {
    List<Candidate> all = new ArrayList<>(clustering.pool().candidates());
    int count = all.size();
    all.add(clustering.pool().result());
    String[] names = new String[count];
    int[][] labels = new int[count][];
    double[][] scores = new double[count + 1][];
    for (int c = 0; c <= count; c++) {
      CandidateScores of = all.get(c).scores();
      scores[c] = Arrays.stream(Criterion.values()).mapToDouble(of::of).toArray();
      if (c < count) {
        names[c] = all.get(c).name();
        labels[c] = all.get(c).labels();
      }
    }
    return new FittedClustering.Candidates(names, labels, scores, clustering.pool().chosen());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    VectorColumn.of(schema, getOrDefault(featuresCol()));
    VectorColumn.requireId(schema, getOrDefault(idCol()));
    return clusteredSchema(schema);
  }

  @Override
  public SpectralEmbedding copy(ParamMap extra) {
    SpectralEmbedding copied = defaultCopy(extra);
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

  /** Sets where steps and their measures are recorded; the log by default. Is not saved. */
  public SpectralEmbedding setStageStore(StageStore store) {
    this.stages = store;
    return this;
  }

  /** Reads an estimator that was saved. */
  public static MLReader<SpectralEmbedding> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Sets the lengths of the parts of a vector that are views; none: those that the column tells.
   */
  public SpectralEmbedding setViews(int... value) {
    set(views(), value);
    return this;
  }

  /** Sets the column of the id. */
  public SpectralEmbedding setIdCol(String value) {
    set(idCol(), value);
    return this;
  }

  /** Sets the column of the vectors. */
  public SpectralEmbedding setFeaturesCol(String value) {
    set(featuresCol(), value);
    return this;
  }

  /** Sets the column of the embedding. */
  public SpectralEmbedding setEmbeddingCol(String value) {
    set(embeddingCol(), value);
    return this;
  }

  /** Sets the column of the cluster. */
  public SpectralEmbedding setPredictionCol(String value) {
    set(predictionCol(), value);
    return this;
  }

  /** Sets the column of the confidence. */
  public SpectralEmbedding setConfidenceCol(String value) {
    set(confidenceCol(), value);
    return this;
  }

  /** Sets the number of clusters; 0: to be found. */
  public SpectralEmbedding setK(int value) {
    set(k(), value);
    return this;
  }

  /** Sets the seed. */
  public SpectralEmbedding setSeed(long value) {
    set(seed(), value);
    return this;
  }

  /** Sets the number of neighbours in the graph. */
  public SpectralEmbedding setNeighbours(int value) {
    set(neighbours(), value);
    return this;
  }

  /** Sets the edge weights. */
  public SpectralEmbedding setWeights(String value) {
    set(weights(), value);
    return this;
  }

  /** Sets the symmetrisation of the graph. */
  public SpectralEmbedding setSymmetrisation(String value) {
    set(symmetrisation(), value);
    return this;
  }

  /** Sets the largest number of points that are fitted. */
  public SpectralEmbedding setLandmarks(int value) {
    set(landmarks(), value);
    return this;
  }

  /** Sets the number of landmarks that assign another point. */
  public SpectralEmbedding setVoters(int value) {
    set(voters(), value);
    return this;
  }

  /** Sets the largest number of clusters that is looked at where it is to be found. */
  public SpectralEmbedding setMostClusters(int value) {
    set(mostClusters(), value);
    return this;
  }

  /** Sets the criterion of the choice. */
  public SpectralEmbedding setCriterion(String value) {
    set(criterion(), value);
    return this;
  }

  /** Sets the share of the candidates, the best by the criterion, that vote; 0: the best alone. */
  public SpectralEmbedding setConsensus(double value) {
    set(consensus(), value);
    return this;
  }

  /** Sets the sizes of the commute-time embeddings. */
  public SpectralEmbedding setCommuteVectors(int[] value) {
    set(commuteVectors(), value);
    return this;
  }

  /** Sets the sizes of the unscaled embeddings in multiples of K. */
  public SpectralEmbedding setNjwFactors(double[] value) {
    set(njwFactors(), value);
    return this;
  }

  /** Sets the k-means runs on each embedding. */
  public SpectralEmbedding setRestarts(int value) {
    set(restarts(), value);
    return this;
  }

  /** Sets the centres that Ward's method joins. */
  public SpectralEmbedding setWardCentres(int value) {
    set(wardCentres(), value);
    return this;
  }

  /** Sets the sizes of the partitions that are merged. */
  public SpectralEmbedding setMergedCentres(int[] value) {
    set(mergedCentres(), value);
    return this;
  }

  /** Sets whether points are moved while the modularity rises. */
  public SpectralEmbedding setLocalMoves(boolean value) {
    set(localMoves(), value);
    return this;
  }

  /** Sets the points of the silhouette. */
  public SpectralEmbedding setSilhouetteSample(int value) {
    set(silhouetteSample(), value);
    return this;
  }
}
