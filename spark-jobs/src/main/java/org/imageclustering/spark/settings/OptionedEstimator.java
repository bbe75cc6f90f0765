package org.imageclustering.spark.settings;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * An estimator on images, of clusters or descriptions: its identifier, and setters of what {@link
 * ImageParams} names.
 *
 * @param <E> the estimator itself, which its setters return
 * @param <M> its model
 */
public abstract class OptionedEstimator<E extends OptionedEstimator<E, M>, M extends Model<M>>
    extends Estimator<M> implements ImageParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;

  /** An estimator with this identifier. */
  protected OptionedEstimator(String uid) {
    this.uid = uid;
  }

  /** Returns this. */
  protected abstract E self();

  /** Returns id and image of a data set. */
  protected final Dataset<Row> images(Dataset<?> dataset) {
    return dataset.select(col(getIdCol()).as("id"), col(getImageCol()).as("image"));
  }

  @Override
  public String uid() {
    return uid;
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
}
