package org.imageclustering.spark.sanet;

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
import org.imageclustering.sanet.Network;
import org.imageclustering.sanet.SaNetOptions;
import org.imageclustering.spark.settings.ClusteringParams;

/**
 * A fitted SA-Net. Clusters any images of the shape it was fitted on: each window takes the
 * spectral features of the nearest landmark windows, layer by layer, and the last step assigns the
 * image by its last maps. Adds the last maps ({@code features}) and the columns of the last step:
 * {@code embedding} (where it is spectral), {@code prediction} int and {@code confidence} double.
 */
public final class SaNetModel extends Model<SaNetModel> implements ClusteringParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Held held;
  private final transient SaNetOptions options;
  private final transient Network network;
  private final transient Transformer lastStep;
  private transient Dataset<Row> training;

  SaNetModel(String uid, SaNetOptions options, Network network, Transformer lastStep) {
    this.uid = uid;
    this.options = options;
    this.network = network;
    this.lastStep = lastStep;
    this.held = new Held(this, SaNet.FEATURES, AUTO);
  }

  /** Returns a reader of saved models. */
  public static MLReader<SaNetModel> read() {
    return new SaNetModelReader();
  }

  /** Returns a saved model. */
  public static SaNetModel load(String path) {
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

  /** Returns the layers. */
  public Network network() {
    return network;
  }

  /** Returns the options that the layers were fitted with. */
  public SaNetOptions options() {
    return options;
  }

  /**
   * Returns the clusters of a full fit ({@code sa-net.fit-sample = 0}) as the fit itself found
   * them: id, prediction, confidence. {@link #transform} of the same images looks their windows up
   * among the landmarks that the layers keep, so that it may differ where these are fewer than the
   * windows.
   *
   * @throws IllegalStateException if the model was fitted on a sample, or was saved and read
   */
  public Dataset<Row> trainingAssignments() {
    if (training == null) {
      throw new IllegalStateException(
          "Cannot give training assignments: found a model that was fitted on a sample or read from"
              + " a directory, expected one that was just fitted on all images");
    }
    return training;
  }

  void keepTraining(Dataset<Row> clustered) {
    training = clustered.select("id", "prediction", "confidence");
  }

  /** Returns the model of the last step, which takes {@code features}. */
  public Transformer lastStep() {
    return lastStep;
  }

  /** Returns the rows with the last maps alone: what the last step takes. */
  public Dataset<Row> features(Dataset<?> dataset) {
    return NetworkTransform.columns(dataset.toDF(), getImageCol(), network, getFeaturesCol());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return lastStep.transform(features(dataset));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return lastStep.transformSchema(schema.add(getFeaturesCol(), SQLDataTypes.VectorType()));
  }

  @Override
  public SaNetModel copy(ParamMap extra) {
    SaNetModel copy = new SaNetModel(uid, options, network, lastStep);
    copyValues(copy, extra);
    copy.training = training;
    copy.setParent(parent());
    return copy;
  }

  @Override
  public MLWriter write() {
    return new SaNetModelWriter(this);
  }
}
