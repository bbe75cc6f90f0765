package org.imageclustering.spark.sanet;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.sanet.Network;
import org.imageclustering.sanet.SaNetConfig;
import org.imageclustering.sanet.SaNetOptions;
import org.imageclustering.spark.settings.Settings;

/**
 * A fitted SA-Net. Clusters any images of the shape it was fitted on: each window takes the
 * spectral features of the nearest landmark windows, layer by layer, and the last step assigns the
 * image by its last maps. Adds the last maps ({@code features}) and the columns of the last step:
 * {@code embedding} (where it is spectral), {@code prediction} int and {@code confidence} double.
 */
public final class SaNetModel extends Model<SaNetModel> implements SaNetColumns, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> idCol;
  private final Param<String> imageCol;
  private final Param<String> featuresCol;
  private final IntParam k;
  private final LongParam seed;
  private final Param<String> settings;
  private final transient Network network;
  private final transient Transformer lastStep;

  SaNetModel(String uid, Network network, Transformer lastStep) {
    this.uid = uid;
    this.network = network;
    this.lastStep = lastStep;
    SaNet params = new SaNet(uid);
    this.idCol = params.idCol();
    this.imageCol = params.imageCol();
    this.featuresCol = params.featuresCol();
    this.k = params.k();
    this.seed = params.seed();
    this.settings = params.settings();
    setDefault(idCol, "id");
    setDefault(imageCol, "image");
    setDefault(featuresCol, "features");
    setDefault(seed, 1L);
    setDefault(settings, "");
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
  public Param<String> idCol() {
    return idCol;
  }

  @Override
  public Param<String> imageCol() {
    return imageCol;
  }

  @Override
  public Param<String> featuresCol() {
    return featuresCol;
  }

  @Override
  public IntParam k() {
    return k;
  }

  @Override
  public LongParam seed() {
    return seed;
  }

  @Override
  public Param<String> settings() {
    return settings;
  }

  /** Returns the layers. */
  public Network network() {
    return network;
  }

  /** Returns the options that the layers were fitted with. */
  public SaNetOptions options() {
    return SaNetConfig.read(Settings.over(getSettings()).getConfig("sa-net"));
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
    SaNetModel copy = new SaNetModel(uid, network, lastStep);
    copyValues(copy, extra);
    copy.setParent(parent());
    return copy;
  }

  @Override
  public MLWriter write() {
    return new SaNetModelWriter(this);
  }
}
