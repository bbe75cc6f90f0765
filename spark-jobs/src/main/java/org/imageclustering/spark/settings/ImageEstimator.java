package org.imageclustering.spark.settings;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
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
    extends OptionedEstimator<E, M> implements ClusteringParams {
  private static final long serialVersionUID = 1L;

  private final ClusteringParams.Held held;
  private transient StageStore stages = new InMemoryStageStore();

  /**
   * An estimator.
   *
   * @param features what the output column holds
   * @param leastClusters the least value of k: 2, or 0 where the number can be found
   */
  protected ImageEstimator(String uid, String features, int leastClusters) {
    super(uid);
    this.held = new ClusteringParams.Held(this, features, leastClusters);
  }

  /** Returns a new estimator with this identifier. */
  protected abstract E fresh(String identifier);

  /** Returns where finished stages are kept. */
  protected final StageStore stages() {
    return stages;
  }

  @Override
  public ClusteringParams.Held held() {
    return held;
  }

  /** Sets the number of clusters, at least 2; 0, where a method can find it: to be found. */
  public E setK(int value) {
    set(k(), value);
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
    E copy = fresh(uid());
    copyValues(copy, extra);
    return copy.setStageStore(stages);
  }
}
