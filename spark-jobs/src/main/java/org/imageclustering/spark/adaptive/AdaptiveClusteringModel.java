package org.imageclustering.spark.adaptive;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.settings.ClusteringParams;
import org.imageclustering.spark.training.NetworkState;
import org.imageclustering.spark.training.SavedNetwork;
import scala.Option;

/**
 * A trained network with K outputs. Clusters any images of the shape it was fitted on: adds the
 * codes ({@code features}), {@code prediction} int, the largest entry of the head's softmax, and
 * {@code confidence} double, its value; or what another last step makes of the codes.
 *
 * <p>Saved as {@code metadata} (parameters), {@code network.zip} (DL4J's own format) and, where
 * there is one, {@code last-step} (a model of its own).
 */
public final class AdaptiveClusteringModel extends Model<AdaptiveClusteringModel>
    implements ClusteringParams, MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Held held;
  private final transient NetworkState network;
  private final transient Transformer lastStep;

  AdaptiveClusteringModel(String uid, NetworkState network, Transformer lastStep) {
    this.uid = uid;
    this.network = network;
    this.lastStep = lastStep;
    this.held = new Held(this, AdaptiveClustering.FEATURES, AdaptiveClustering.LEAST_CLUSTERS);
  }

  /** Returns a reader of saved models. */
  public static MLReader<AdaptiveClusteringModel> read() {
    return new Reader();
  }

  /** Returns a saved model. */
  public static AdaptiveClusteringModel load(String path) {
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

  /** Returns the network: encoder, decoder and head. */
  public NetworkState network() {
    return network;
  }

  /** Returns the model of the last step, or null where clusters are the head's own. */
  public Transformer lastStep() {
    return lastStep;
  }

  /** Returns the rows with codes and the head's own clusters, whatever the last step. */
  public Dataset<Row> own(Dataset<?> dataset) {
    return OutputRows.of(dataset.toDF(), getImageCol(), network, getFeaturesCol());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Dataset<Row> own = own(dataset);
    return lastStep == null ? own : lastStep.transform(own.drop("prediction", "confidence"));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return lastStep == null
        ? clusteredSchema(schema)
        : lastStep.transformSchema(schema.add(getFeaturesCol(), SQLDataTypes.VectorType(), false));
  }

  @Override
  public AdaptiveClusteringModel copy(ParamMap extra) {
    AdaptiveClusteringModel copy = new AdaptiveClusteringModel(uid, network, lastStep);
    copyValues(copy, extra);
    copy.setParent(parent());
    return copy;
  }

  @Override
  public MLWriter write() {
    return new Writer(this);
  }

  private static final class Writer extends MLWriter {
    private final AdaptiveClusteringModel model;

    Writer(AdaptiveClusteringModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
      try {
        SavedNetwork.write(sparkSession(), path, model.network);
        LastStep.save(model.lastStep, path);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot save the model below " + path, e);
      }
    }
  }

  private static final class Reader extends MLReader<AdaptiveClusteringModel> {
    @Override
    public AdaptiveClusteringModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sc(), AdaptiveClusteringModel.class.getName());
      try {
        AdaptiveClusteringModel model =
            new AdaptiveClusteringModel(
                metadata.uid(),
                SavedNetwork.read(sparkSession(), path),
                LastStep.read(sparkSession(), path));
        metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
        return model;
      } catch (IOException e) {
        throw new UserException(
            "Cannot read the model %s: found %s, expected a saved network"
                .formatted(path, e.getMessage()),
            e);
      }
    }
  }
}
