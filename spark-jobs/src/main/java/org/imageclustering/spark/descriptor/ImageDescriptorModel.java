package org.imageclustering.spark.descriptor;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.descriptor.Descriptor;
import org.imageclustering.descriptor.DescriptorOptions;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.patch.MapShape;
import org.imageclustering.spark.session.ArrayTable;
import org.imageclustering.spark.session.DenseVectors;
import org.imageclustering.spark.spectral.Views;
import scala.Option;

/**
 * A fitted descriptor of images: {@code transform} adds {@code features}, a vector for each image,
 * whose column tells the lengths of its views ({@link Views}). One pass without a shuffle; an
 * image's vector depends on its pixels alone.
 */
public final class ImageDescriptorModel extends Model<ImageDescriptorModel>
    implements ImageDescriptorColumns, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final transient Descriptor descriptor;
  private transient Broadcast<Descriptor> sent;
  private final Held held;

  ImageDescriptorModel(String uid, Descriptor descriptor) {
    this.uid = uid;
    this.descriptor = descriptor;
    this.held = new Held(this, FEATURES, DEFAULTS);
  }

  /**
   * Adds the vectors. Lazy.
   *
   * @throws UserException if the output column exists already; while rows are read, if an image has
   *     another shape than those of the fit
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    UDF1<Row, Vector> of = description(broadcast(dataset.sparkSession()), isPixels());
    return dataset.withColumn(
        getFeaturesCol(),
        udf(of, SQLDataTypes.VectorType())
            .apply(col(getImageCol()))
            .as(getFeaturesCol(), Views.metadata(descriptor.lengths())));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return withFeatures(schema);
  }

  /** Returns the number of entries of a vector. */
  public int length() {
    return descriptor.length();
  }

  private boolean isPixels() {
    return options().kind() == DescriptorOptions.Kind.PIXELS;
  }

  private static UDF1<Row, Vector> description(Broadcast<Descriptor> sent, boolean isPixels) {
    return image -> {
      Descriptor descriptor = sent.value();
      MapShape shape =
          new MapShape(
              image.<Integer>getAs("height"),
              image.<Integer>getAs("width"),
              image.<Integer>getAs("channels"));
      if (!shape.equals(descriptor.shape())) {
        throw new UserException(
            "Cannot describe images: found one of %s, expected %s as those of the fit"
                .formatted(shape, descriptor.shape()));
      }
      byte[] pixels = image.getAs("pixels");
      return isPixels ? pixels(pixels) : DenseVectors.of(descriptor.of(pixels));
    };
  }

  /** Returns the pixels in double precision, sparse where that is smaller. */
  private static Vector pixels(byte[] pixels) {
    double[] values = new double[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(pixels[i]) / 255.0;
    }
    return Vectors.dense(values).compressed();
  }

  /** Broadcasts once a model: further calls of transform share it. */
  private synchronized Broadcast<Descriptor> broadcast(SparkSession spark) {
    if (sent == null) {
      sent = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(descriptor);
    }
    return sent;
  }

  @Override
  public ImageDescriptorModel copy(ParamMap extra) {
    ImageDescriptorModel copied = new ImageDescriptorModel(uid, descriptor);
    copyValues(copied, extra);
    return copied.setParent(parent());
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public Held held() {
    return held;
  }

  /**
   * Returns a writer: MLlib's {@code metadata/}, and {@code arrays/} with the shape, the axes and
   * the factors.
   */
  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  /** Returns a reader of saved models. */
  public static MLReader<ImageDescriptorModel> read() {
    return new Reader();
  }

  /** Returns a saved model. */
  public static ImageDescriptorModel load(String path) {
    return read().load(path);
  }

  private static final class Writer extends MLWriter {
    private final ImageDescriptorModel model;

    Writer(ImageDescriptorModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
      MapShape shape = model.descriptor.shape();
      float[] sides = {shape.height(), shape.width(), shape.channels()};
      Map<String, FloatMatrix> arrays = model.descriptor.arrays();
      arrays.put("shape", new FloatMatrix(1, sides.length, sides));
      ArrayTable.of(sparkSession(), arrays).write().parquet(path + "/arrays");
    }
  }

  private static final class Reader extends MLReader<ImageDescriptorModel> {
    @Override
    public ImageDescriptorModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sc(), ImageDescriptorModel.class.getName());
      ImageDescriptorModel empty = new ImageDescriptorModel(metadata.uid(), null);
      metadata.getAndSetParams(empty, Option.empty());
      Map<String, FloatMatrix> arrays =
          ArrayTable.read(sparkSession().read().parquet(path + "/arrays"));
      float[] sides = arrays.get("shape").values();
      MapShape shape = new MapShape((int) sides[0], (int) sides[1], (int) sides[2]);
      ImageDescriptorModel model =
          new ImageDescriptorModel(metadata.uid(), Descriptor.of(empty.options(), shape, arrays));
      metadata.getAndSetParams(model, Option.empty());
      return model;
    }
  }
}
