package org.imageclustering.spark.sanet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.patch.MapShape;
import org.imageclustering.sanet.BinarizationOptions;
import org.imageclustering.sanet.Layer;
import org.imageclustering.sanet.LayerFit;
import org.imageclustering.sanet.LayerOptions;
import org.imageclustering.sanet.Network;
import org.imageclustering.sanet.SaNetConfig;
import org.imageclustering.sanet.SaNetOptions;
import org.imageclustering.sanet.SpectralOptions;
import org.imageclustering.spark.session.ArrayTable;
import org.imageclustering.spark.settings.Settings;

/** Reads what {@link SaNetModelWriter} saved. */
final class SaNetModelReader extends MLReader<SaNetModel> {
  @Override
  public SaNetModel load(String path) {
    DefaultParamsReader.Metadata metadata =
        DefaultParamsReader.loadMetadata(path, sc(), SaNetModel.class.getName());
    SaNetModel empty = new SaNetModel(metadata.uid(), null, null, null);
    metadata.getAndSetParams(empty, metadata.getAndSetParams$default$2());
    Transformer lastStep =
        (Transformer)
            DefaultParamsReader.loadParamsInstance(new Path(path, "last-step").toString(), sc());
    SaNetOptions options = SaNetConfig.read(Settings.over(empty.getSettings()).getConfig("sa-net"));
    Network network = network(path, options, empty.getSeed());
    SaNetModel model = new SaNetModel(metadata.uid(), options, network, lastStep);
    metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
    return model;
  }

  private Network network(String path, SaNetOptions options, long seed) {
    LayerFit fit = new LayerFit(options, seed);
    MapShape input = ShapeTable.read(sparkSession(), new Path(path, "input").toString());
    List<Layer> layers = new ArrayList<>();
    for (int number = 0; number < options.layers().size(); number++) {
      Network before = new Network(input, layers);
      Map<String, FloatMatrix> arrays =
          hasArrays(options.layers().get(number))
              ? ArrayTable.read(
                  sparkSession().read().parquet(SaNetModelWriter.layerPath(path, number)))
              : Map.of();
      layers.add(fit.restore(number, before.output(), before.origins(), arrays));
    }
    return new Network(input, layers);
  }

  private static boolean hasArrays(LayerOptions layer) {
    return layer instanceof SpectralOptions || layer instanceof BinarizationOptions;
  }
}
