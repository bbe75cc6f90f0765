package org.imageclustering.spark.spectral;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.partition.ClusterCount;
import org.imageclustering.partition.LandmarkVote;

/**
 * The fitted points, their clusters, and whatever else the fit found. {@code transform} adds {@code
 * embedding} (vector), {@code prediction} (int) and {@code confidence} (double in [0, 1]): a point
 * that was fitted gets what the fit gave it, every other one the vote of its nearest landmarks; see
 * {@link LandmarkVote} for both.
 *
 * <p>{@code transform} is one pass without a shuffle; the landmarks and their index are broadcast
 * (about {@code 8 d + 300} bytes a landmark) when the first row is asked for.
 */
public final class SpectralEmbeddingModel extends Model<SpectralEmbeddingModel>
    implements SpectralColumns, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final transient FittedClustering fitted;
  private transient Broadcast<LandmarkVote> vote;
  private transient ClusterCount count;
  private final Columns columns;

  SpectralEmbeddingModel(String uid, FittedClustering fitted) {
    this.uid = uid;
    this.fitted = fitted;
    this.columns = new Columns(this);
  }

  /**
   * Adds embedding, prediction and confidence. Lazy.
   *
   * @throws UserException if the features are missing or of another type, or an added column exists
   *     already; while rows are read, if one is null, not finite or of another length
   */
  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    StructType schema = transformSchema(rows.schema());
    VectorColumn column = VectorColumn.of(rows.schema(), getOrDefault(featuresCol()));
    return rows.toDF()
        .mapPartitions(assignment(broadcast(rows.sparkSession()), column), encoder(schema));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    VectorColumn.of(schema, getOrDefault(featuresCol()));
    return clusteredSchema(schema);
  }

  /** Returns the number of clusters. */
  public int clusters() {
    return fitted.clusters();
  }

  /**
   * Returns how the number of clusters was found: clusters, modularity, gain, eigenvalue_gap,
   * chosen; nothing where it was given, and of a model that was read back.
   */
  public Optional<Dataset<Row>> clusterCounts(SparkSession spark) {
    return Optional.ofNullable(count).map(found -> FittedTables.clusterCounts(spark, found));
  }

  SpectralEmbeddingModel withClusterCount(Optional<ClusterCount> found) {
    count = found.orElse(null);
    return this;
  }

  /** Returns what the fit found: id, embedding, prediction, confidence of every fitted row. */
  public Dataset<Row> fitted(SparkSession spark) {
    return FittedTables.assigned(spark, fitted);
  }

  /** Returns the number of points that were fitted, duplicates counted. */
  public long fittedCount() {
    return fitted.ids().length;
  }

  /** Returns the number of components of the neighbour graph. */
  public int components() {
    return fitted.components();
  }

  /** Returns every candidate partition of the fitted points: id, candidate, prediction. */
  public Dataset<Row> candidates(SparkSession spark) {
    return FittedTables.candidates(spark, fitted);
  }

  /**
   * Returns the label-free scores: position, candidate, modularity, map_equation, ncut, silhouette,
   * cost, chosen; the last row, {@code result}, is the chosen one after its points were moved.
   */
  public Dataset<Row> candidateScores(SparkSession spark) {
    return FittedTables.scores(spark, fitted);
  }

  /** Returns the eigenvalues of D^-1/2 W D^-1/2: index from 0, value descending, residual. */
  public Dataset<Row> eigenvalues(SparkSession spark) {
    return FittedTables.eigenvalues(spark, fitted);
  }

  @Override
  public SpectralEmbeddingModel copy(ParamMap extra) {
    SpectralEmbeddingModel copied = new SpectralEmbeddingModel(uid, fitted);
    copied.count = count;
    copyValues(copied, extra);
    return copied.setParent(parent());
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Columns columns() {
    return columns;
  }

  /** Sets the column of the vectors. */
  public SpectralEmbeddingModel setFeaturesCol(String column) {
    set(featuresCol(), column);
    return this;
  }

  @Override
  public MLWriter write() {
    return new SpectralEmbeddingPersistence.Writer(this, fitted);
  }

  /** Reads a model that was saved. */
  public static MLReader<SpectralEmbeddingModel> read() {
    return new SpectralEmbeddingPersistence.Reader();
  }

  /** Reads a model that was saved. */
  public static SpectralEmbeddingModel load(String path) {
    return read().load(path);
  }

  /** Returns who assigns points by this model, for one machine. */
  LandmarkVote vote() {
    return fitted.vote();
  }

  /** Broadcasts once a model: further calls of transform share it. */
  private synchronized Broadcast<LandmarkVote> broadcast(SparkSession spark) {
    if (vote == null) {
      vote = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(fitted.vote());
    }
    return vote;
  }

  private static ExpressionEncoder<Row> encoder(StructType schema) {
    return ExpressionEncoder.apply(schema);
  }

  private static MapPartitionsFunction<Row, Row> assignment(
      Broadcast<LandmarkVote> vote, VectorColumn column) {
    return rows -> new AssignedRows(rows, vote.value(), column);
  }
}
