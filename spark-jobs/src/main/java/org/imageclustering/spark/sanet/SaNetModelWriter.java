package org.imageclustering.spark.sanet;

import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.imageclustering.sanet.Layer;
import org.imageclustering.sanet.LayerFit;
import org.imageclustering.spark.session.ArrayTable;
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
      var arrays = LayerFit.arrays(layers.get(number));
      if (!arrays.isEmpty()) {
        ArrayTable.of(sparkSession(), arrays).write().parquet(layerPath(path, number));
      }
    }
    try {
      ((MLWritable) model.lastStep()).write().save(new Path(path, "last-step").toString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException("Cannot save the last step below " + path, e);
    }
  }

  static String layerPath(String path, int number) {
    return new Path(path, "layers/" + number).toString();
  }
}
