package org.imageclustering.sanet;

import java.io.Serializable;
import java.util.List;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;

/** A fitted SA-Net: its layers in the order of the flow. Immutable, safe for many threads. */
public final class Network implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MapShape input;
  private final Layer[] layers;

  /** A network of fitted layers for images of one shape; without any it gives the images. */
  public Network(MapShape input, List<Layer> layers) {
    this.input = input;
    this.layers = layers.toArray(new Layer[0]);
  }

  /** Returns the shape of the images it takes. */
  public MapShape input() {
    return input;
  }

  /** Returns the shape of the maps it gives. */
  public MapShape output() {
    return layers.length == 0 ? input : layers[layers.length - 1].output();
  }

  /** Returns where the maps it gives come from; nothing where there is no layer. */
  public MapOrigin[] origins() {
    return layers.length == 0 ? new MapOrigin[0] : layers[layers.length - 1].origins();
  }

  /** Returns the layers. */
  public List<Layer> layers() {
    return List.of(layers);
  }

  /** Returns the maps of the last layer, for each image. */
  public FeatureMaps apply(FeatureMaps images) {
    FeatureMaps maps = images;
    for (Layer layer : layers) {
      maps = layer.apply(maps);
    }
    return maps;
  }
}
