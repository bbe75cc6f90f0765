package org.imageclustering.spark.autoencoder;

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
import org.imageclustering.spark.settings.ClusteringParams;
import org.imageclustering.spark.training.NetworkState;

/**
 * A trained autoencoder with its clusters. Clusters any images of the shape it was fitted on: adds
 * the codes ({@code features}), {@code prediction} int and {@code confidence} double. By its own
 * assignments an image belongs to the nearest centre and the confidence is {@code 1 - d1 / d2},
 * with the distances to the nearest and the second nearest; another last step does it its own way.
 */
public final class AutoencoderClusteringModel extends Model<AutoencoderClusteringModel>
    implements ClusteringParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Held held;
  private final transient NetworkState network;
  private final transient float[][] centres;
  private final transient Transformer lastStep;

  AutoencoderClusteringModel(
      String uid, NetworkState network, float[][] centres, Transformer lastStep) {
    this.uid = uid;
    this.network = network;
    this.centres = centres;
    this.lastStep = lastStep;
    this.held = new Held(this, AutoencoderEstimator.FEATURES, AutoencoderEstimator.LEAST_CLUSTERS);
  }

  /** Returns a reader of saved models. */
  public static MLReader<AutoencoderClusteringModel> read() {
    return new AutoencoderPersistence.Reader();
  }

  /** Returns a saved model. */
  public static AutoencoderClusteringModel load(String path) {
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

  /** Returns the centres of the clusters among the codes, K x d, not a copy. */
  public float[][] centres() {
    return centres;
  }

  /** Returns the model of the last step, or null where clusters are the network's own. */
  public Transformer lastStep() {
    return lastStep;
  }

  /** Returns the rows with the codes alone: what the last step takes. */
  public Dataset<Row> features(Dataset<?> dataset) {
    return EncodedRows.encode(dataset.toDF(), getImageCol(), network, getFeaturesCol());
  }

  /**
   * Returns the rows of {@link #features} with the network's own clusters, whatever the last step.
   */
  public Dataset<Row> own(Dataset<Row> features) {
    return EncodedRows.assign(features, getFeaturesCol(), centres);
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> features = features(dataset);
    return lastStep == null ? own(features) : lastStep.transform(features);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return lastStep == null
        ? clusteredSchema(schema)
        : lastStep.transformSchema(schema.add(getFeaturesCol(), SQLDataTypes.VectorType()));
  }

  @Override
  public AutoencoderClusteringModel copy(ParamMap extra) {
    AutoencoderClusteringModel copy =
        new AutoencoderClusteringModel(uid, network, centres, lastStep);
    copyValues(copy, extra);
    copy.setParent(parent());
    return copy;
  }

  @Override
  public MLWriter write() {
    return new AutoencoderPersistence.Writer(this);
  }
}
