package org.imageclustering.spark.winnertakeall;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.PooledMaps;
import org.imageclustering.spark.cocluster.CoclusteringModel;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.session.ArrayTable;
import org.imageclustering.spark.training.SavedNetwork;
import scala.Option;

/**
 * A saved model: {@code metadata} (parameters), {@code network.zip} (DL4J's own format), {@code
 * pooling} (Parquet), and models of their own: {@code co-clusters} where there are any, {@code
 * last-step} where they are not the last step themselves.
 */
final class WinnerTakeAllPersistence {
  private static final String POOLING = "pooling";
  private static final String COCLUSTERS = "co-clusters";

  private WinnerTakeAllPersistence() {}

  /** Saves a model. */
  static final class Writer extends MLWriter {
    private final WinnerTakeAllModel model;

    Writer(WinnerTakeAllModel model) {
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
      FittedClusters clusters = model.clusters();
      try {
        SavedNetwork.write(sparkSession(), path, model.network());
        ArrayTable.of(sparkSession(), java.util.Map.of(POOLING, pooling(model.pooling())))
            .write()
            .parquet(new Path(path, POOLING).toString());
        if (clusters.coclusters() != null) {
          clusters.coclusters().write().save(new Path(path, COCLUSTERS).toString());
        }
        if (clusters.last() != clusters.coclusters()) {
          LastStep.save(clusters.last(), path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot save the model below " + path, e);
      }
    }

    private static FloatMatrix pooling(PooledMaps pooling) {
      MapShape maps = pooling.input();
      float[] numbers = {
        maps.height(), maps.width(), maps.channels(), pooling.size(), pooling.kept()
      };
      return new FloatMatrix(1, numbers.length, numbers);
    }
  }

  /** Reads what {@link Writer} saved. */
  static final class Reader extends MLReader<WinnerTakeAllModel> {
    @Override
    public WinnerTakeAllModel load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader.loadMetadata(path, sc(), WinnerTakeAllModel.class.getName());
      try {
        CoclusteringModel coclusters =
            exists(path, COCLUSTERS)
                ? CoclusteringModel.load(new Path(path, COCLUSTERS).toString())
                : null;
        Transformer last = LastStep.read(sparkSession(), path);
        WinnerTakeAllModel model =
            new WinnerTakeAllModel(
                metadata.uid(),
                SavedNetwork.read(sparkSession(), path),
                pooling(path),
                new FittedClusters(coclusters, last == null ? coclusters : last));
        metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
        return model;
      } catch (IOException e) {
        throw new UserException(
            "Cannot read the model %s: found %s, expected a saved winner-take-all model"
                .formatted(path, e.getMessage()),
            e);
      }
    }

    private boolean exists(String path, String name) throws IOException {
      Path part = new Path(path, name);
      return part.getFileSystem(sparkSession().sessionState().newHadoopConf()).exists(part);
    }

    private PooledMaps pooling(String path) {
      float[] numbers =
          ArrayTable.read(sparkSession().read().parquet(new Path(path, POOLING).toString()))
              .get(POOLING)
              .values();
      MapShape maps = new MapShape((int) numbers[0], (int) numbers[1], (int) numbers[2]);
      return PooledMaps.keeping(maps, (int) numbers[3], (int) numbers[4]);
    }
  }
}
