package org.imageclustering.spark.descriptor;

import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.descriptor.Descriptor;
import org.imageclustering.descriptor.DescriptorOptions;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.settings.OptionedEstimator;

/**
 * Describes images by their pixels, the pixels' principal components, histograms of oriented
 * gradients, or several such views ({@code --features pixels|pca|hog|views}); the first stage of a
 * {@code Pipeline} whose later ones take vectors.
 *
 * <p>Principal components are fitted on {@code pca.sample} images, drawn by a hash of (seed, id):
 * their pixels and {@code 8 n m + 4 m²} bytes, for descriptors of m entries, are what the driver
 * holds. Everything else is the model's {@code transform}, a map without a shuffle.
 */
public final class ImageDescriptor extends OptionedEstimator<ImageDescriptor, ImageDescriptorModel>
    implements ImageDescriptorColumns {
  private static final long serialVersionUID = 1L;

  private final Held held;

  /** An estimator with a random identifier. */
  public ImageDescriptor() {
    this(Identifiable$.MODULE$.randomUID("imageDescriptor"));
  }

  /** An estimator with this identifier. */
  public ImageDescriptor(String uid) {
    super(uid);
    this.held = new Held(this, FEATURES, DEFAULTS);
  }

  /** Returns a reader of saved estimators. */
  public static MLReader<ImageDescriptor> read() {
    return new DefaultParamsReader<>();
  }

  /** Returns a saved estimator. */
  public static ImageDescriptor load(String path) {
    return read().load(path);
  }

  @Override
  protected ImageDescriptor self() {
    return this;
  }

  @Override
  public Held held() {
    return held;
  }

  /**
   * Returns the model that describes these and other images of the same shape.
   *
   * @throws org.imageclustering.UserException if an option, or the images' shapes, do not fit
   */
  @Override
  public ImageDescriptorModel fit(Dataset<?> dataset) {
    DescriptorOptions options = options();
    transformSchema(dataset.schema());
    Dataset<Row> images = images(dataset);
    MapShape shape = ImageRows.shape(images, "describe images");
    byte[][] sample =
        Descriptor.isFitted(options, shape)
            ? ImageRows.pixels(images, options.sample(), getSeed())
            : new byte[0][];
    Descriptor descriptor = Descriptor.fit(options, shape, sample, getSeed());
    ImageDescriptorModel model = new ImageDescriptorModel(uid(), descriptor);
    copyValues(model, ParamMap.empty());
    return model.setParent(this);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withFeatures(schema);
  }

  @Override
  public ImageDescriptor copy(ParamMap extra) {
    return defaultCopy(extra);
  }
}
