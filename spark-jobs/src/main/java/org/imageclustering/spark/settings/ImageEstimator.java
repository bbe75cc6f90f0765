package org.imageclustering.spark.settings;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.imageclustering.spark.session.StageStore;

/**
 * An estimator of clusters of images: what all of them have beside their {@code fit}.
 *
 * <p>Takes images (id long; image struct of height, width, channels int and pixels binary), all of
 * one shape.
 *
 * @param <E> the estimator itself, which its setters return
 * @param <M> its model
 */
public abstract class ImageEstimator<E extends ImageEstimator<E, M>, M extends Model<M>>
    extends Estimator<M> implements ClusteringParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Held held;
  private transient StageStore stages = new InMemoryStageStore();

  /**
   * An estimator.
   *
   * @param features what the output column holds
   * @param leastClusters the least value of k: 2, or 0 where the number can be found
   */
  protected ImageEstimator(String uid, String features, int leastClusters) {
    this.uid = uid;
    this.held = new Held(this, features, leastClusters);
  }

  /** Returns this. */
  protected abstract E self();

  /** Returns a new estimator with this identifier. */
  protected abstract E fresh(String identifier);

  /** Returns where finished stages are kept. */
  protected final StageStore stages() {
    return stages;
  }

  /** Returns id and image of a data set. */
  protected final Dataset<Row> images(Dataset<?> dataset) {
    return dataset.select(col(getIdCol()).as("id"), col(getImageCol()).as("image"));
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Held held() {
    return held;
  }

  /** Sets the column of ids. */
  public E setIdCol(String value) {
    set(idCol(), value);
    return self();
  }

  /** Sets the column of images. */
  public E setImageCol(String value) {
    set(imageCol(), value);
    return self();
  }

  /** Sets the output column of vectors. */
  public E setFeaturesCol(String value) {
    set(featuresCol(), value);
    return self();
  }

  /** Sets the number of clusters, at least 2; 0, where a method can find it: to be found. */
  public E setK(int value) {
    set(k(), value);
    return self();
  }

  /** Sets the seed. */
  public E setSeed(long value) {
    set(seed(), value);
    return self();
  }

  /** Sets the configuration, HOCON over the reference: {@code sa-net.network = [first]}. */
  public E setSettings(String value) {
    set(settings(), value);
    return self();
  }

  /** Sets where finished stages are kept; by default nowhere. */
  public E setStageStore(StageStore value) {
    stages = value;
    return self();
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return clusteredSchema(schema);
  }

  @Override
  public E copy(ParamMap extra) {
    E copy = fresh(uid);
    copyValues(copy, extra);
    return copy.setStageStore(stages);
  }
}
