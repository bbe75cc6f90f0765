package org.imageclustering.spark.autoencoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.session.ArrayTable;
import org.imageclustering.spark.training.SavedNetwork;
import scala.Option;

/**
 * A saved model: {@code metadata} (parameters), {@code network.zip} (DL4J's own format), {@code
 * centres} (Parquet) and, where there is one, {@code last-step} (a model of its own).
 */
final class AutoencoderPersistence {
  private static final String CENTRES = "centres";

  private AutoencoderPersistence() {}

  /** Saves a model. */
  static final class Writer extends MLWriter {
    private final AutoencoderClusteringModel model;

    Writer(AutoencoderClusteringModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
      try {
        SavedNetwork.write(sparkSession(), path, model.network());
        ArrayTable.of(sparkSession(), Map.of(CENTRES, FloatMatrix.ofRows(model.centres())))
            .write()
            .parquet(new Path(path, CENTRES).toString());
        LastStep.save(model.lastStep(), path);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot save the model below " + path, e);
      }
    }
  }

  /** Reads what {@link Writer} saved. */
  static final class Reader extends MLReader<AutoencoderClusteringModel> {
    @Override
    public AutoencoderClusteringModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sc(), AutoencoderClusteringModel.class.getName());
      try {
        AutoencoderClusteringModel model =
            new AutoencoderClusteringModel(
                metadata.uid(),
                SavedNetwork.read(sparkSession(), path),
                centres(path),
                LastStep.read(sparkSession(), path));
        metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
        return model;
      } catch (IOException e) {
        throw new UserException(
            "Cannot read the model %s: found %s, expected a saved autoencoder"
                .formatted(path, e.getMessage()),
            e);
      }
    }

    private float[][] centres(String path) {
      return ArrayTable.read(sparkSession().read().parquet(new Path(path, CENTRES).toString()))
          .get(CENTRES)
          .toRows();
    }
  }
}
