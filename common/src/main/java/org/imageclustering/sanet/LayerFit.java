package org.imageclustering.sanet;

import java.util.Map;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;
import org.imageclustering.sanet.SpectralOptions.Role;

/** Fits any layer of the network, or makes it again from its arrays. */
public final class LayerFit {
  private final SaNetOptions options;
  private final long seed;

  /** The fit of a network's layers. */
  public LayerFit(SaNetOptions options, long seed) {
    this.options = options;
    this.seed = seed;
  }

  /**
   * Returns a layer fitted on the maps of a sample.
   *
   * @param number of the layer in the network, from 0
   * @param origins of the maps, as the layer before gives them; empty for images
   */
  public FittedLayer fit(int number, FeatureMaps maps, MapOrigin[] origins, FitContext context) {
    LayerOptions layer = options.layers().get(number);
    if (layer instanceof SpectralOptions spectral) {
      return new SpectralLayerFit(
              spectral, options.landmarkNeighbours(), options.landmarks(), seed, context)
          .fit(maps, role(number));
    }
    Layer fitted =
        layer instanceof BinarizationOptions binarization
            ? BinarizationLayer.fit(binarization, maps, origins)
            : restore(number, maps.shape(), origins, Map.of());
    return new FittedLayer(fitted, fitted.apply(maps));
  }

  /**
   * Returns the layer that has these arrays.
   *
   * @param input the shape of the maps that the layer is applied to
   * @param arrays as {@link #arrays} gave them
   */
  public Layer restore(
      int number, MapShape input, MapOrigin[] origins, Map<String, FloatMatrix> arrays) {
    LayerOptions layer = options.layers().get(number);
    if (layer instanceof SpectralOptions spectral) {
      return SpectralLayer.restore(
          spectral,
          spectral.geometry(input, role(number)),
          arrays,
          options.landmarkNeighbours(),
          seed);
    } else if (layer instanceof PoolingOptions pooling) {
      return new PoolingLayer(pooling, input, origins);
    } else if (layer instanceof BinarizationOptions binarization) {
      float[] thresholds = arrays.get("thresholds").values();
      return new BinarizationLayer(binarization, input, origins, thresholds);
    }
    return new CodingLayer((CodingOptions) layer, input, origins);
  }

  /** Returns what a fitted layer has learned: nothing, for pooling and coding. */
  public static Map<String, FloatMatrix> arrays(Layer layer) {
    if (layer instanceof SpectralLayer spectral) {
      return spectral.arrays();
    } else if (layer instanceof BinarizationLayer binarization) {
      float[] thresholds = binarization.thresholds();
      return Map.of("thresholds", new FloatMatrix(1, thresholds.length, thresholds));
    }
    return Map.of();
  }

  private static Role role(int number) {
    return number == 0 ? Role.FIRST : Role.LATER;
  }
}
