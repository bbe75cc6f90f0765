package org.imageclustering.spark.winnertakeall;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.patch.PooledMaps;
import org.imageclustering.spark.refine.SvmRefinerModel;
import org.imageclustering.spark.settings.ClusteringParams;
import org.imageclustering.spark.training.NetworkState;

/**
 * A trained winner-take-all autoencoder with its clusters. Clusters any images of the shape it was
 * fitted on: adds the pooled maps ({@code features}, sparse), {@code prediction} int and {@code
 * confidence} double, by the support vector machines or by another last step.
 */
public final class WinnerTakeAllModel extends Model<WinnerTakeAllModel>
    implements ClusteringParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Held held;
  private final transient NetworkState network;
  private final PooledMaps pooling;
  private final transient FittedClusters clusters;

  WinnerTakeAllModel(
      String uid, NetworkState network, PooledMaps pooling, FittedClusters clusters) {
    this.uid = uid;
    this.network = network;
    this.pooling = pooling;
    this.clusters = clusters;
    this.held =
        new Held(
            this, WinnerTakeAllCoclustering.FEATURES, WinnerTakeAllCoclustering.LEAST_CLUSTERS);
  }

  /** Returns a reader of saved models. */
  public static MLReader<WinnerTakeAllModel> read() {
    return new WinnerTakeAllPersistence.Reader();
  }

  /** Returns a saved model. */
  public static WinnerTakeAllModel load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Held held() {
    return held;
  }

  /** Returns the network: encoder and decoder. */
  public NetworkState network() {
    return network;
  }

  /** Returns how the encoder's maps become features. */
  public PooledMaps pooling() {
    return pooling;
  }

  /** Returns the number of clusters, or 0 where the last step does not say it. */
  public int clusterCount() {
    return clusters.last() instanceof SvmRefinerModel refined ? refined.clusters() : 0;
  }

  FittedClusters clusters() {
    return clusters;
  }

  /** Returns what makes the final clusters of the features: the last of the steps. */
  public Transformer lastStep() {
    return clusters.last();
  }

  /** Returns the rows with the pooled maps alone: what the steps after the network take. */
  public Dataset<Row> features(Dataset<?> dataset) {
    return PooledRows.of(dataset.toDF(), getImageCol(), network, pooling, getFeaturesCol());
  }

  /**
   * Returns the rows of {@link #features} with their co-clusters, before they were refined; null
   * where another last step has made the clusters.
   */
  public Dataset<Row> coclusters(Dataset<Row> features) {
    return clusters.coclusters() == null ? null : clusters.coclusters().transform(features);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return lastStep().transform(features(dataset));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return lastStep().transformSchema(schema.add(getFeaturesCol(), SQLDataTypes.VectorType()));
  }

  @Override
  public WinnerTakeAllModel copy(ParamMap extra) {
    WinnerTakeAllModel copy = new WinnerTakeAllModel(uid, network, pooling, clusters);
    copyValues(copy, extra);
    return copy.setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new WinnerTakeAllPersistence.Writer(this);
  }
}
