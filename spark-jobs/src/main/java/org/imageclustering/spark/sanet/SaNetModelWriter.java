package org.imageclustering.spark.sanet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.sanet.Layer;
import org.imageclustering.sanet.LayerFit;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.session.ArrayTable;
import org.imageclustering.spark.session.StageStore;
import org.imageclustering.spark.session.Storage;
import scala.Option;

/**
 * Saves a model: {@code metadata} (parameters; the image's shape), {@code layers/NUMBER-NAME} (the
 * arrays of a layer in Parquet) and {@code last-step} (a model of its own).
 */
final class SaNetModelWriter extends MLWriter {
  private final SaNetModel model;

  SaNetModelWriter(SaNetModel model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    DefaultParamsWriter.saveMetadata(model, path, sc(), Option.empty(), Option.empty());
    ShapeTable.write(sparkSession(), model.network().input(), new Path(path, "input").toString());
    List<Layer> layers = model.network().layers();
    for (int number = 0; number < layers.size(); number++) {
      writeLayer(layers.get(number), layerPath(path, number));
    }
    try {
      LastStep.save(model.lastStep(), path);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("Cannot save the last step below " + path, e);
    }
  }

  private void writeLayer(Layer layer, String path) {
    Map<String, FloatMatrix> arrays = LayerFit.arrays(layer);
    Optional<Path> stage = stage(layer);
    if (!arrays.isEmpty() && stage.isPresent()) {
      Path target = new Path(path);
      Storage.of(target, sc().hadoopConfiguration()).copy(stage.get(), target);
    } else if (!arrays.isEmpty()) {
      ArrayTable.of(sparkSession(), arrays).write().parquet(path);
    }
  }

  /** Returns the table of a layer's arrays that its fit has left behind, if there is one. */
  private Optional<Path> stage(Layer layer) {
    Option<String> stages = optionMap().get(StageStore.STAGES);
    if (stages.isEmpty()) {
      return Optional.empty();
    }
    Path stage = new Path(stages.get(), SaNetFit.stage(layer.name()));
    return Storage.of(stage, sc().hadoopConfiguration()).exists(stage)
        ? Optional.of(stage)
        : Optional.empty();
  }

  static String layerPath(String path, int number) {
    return new Path(path, "layers/" + number).toString();
  }
}
