package org.imageclustering.sanet;

import java.io.Serializable;
import org.imageclustering.patch.MapShape;

/** What a layer says of the maps that it gives. Immutable. */
public final class MapLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final MapShape shape;
  private final MapOrigin[] origins;

  /**
   * A layout.
   *
   * @param name of the layer
   * @param shape of the maps for one image
   * @param origins one a channel
   */
  MapLayout(String name, MapShape shape, MapOrigin[] origins) {
    this.name = name;
    this.shape = shape;
    this.origins = origins.clone();
  }

  /** Returns the layer's name. */
  String name() {
    return name;
  }

  /** Returns the shape of the maps for one image. */
  MapShape shape() {
    return shape;
  }

  /** Returns where each map comes from, one entry a channel. */
  MapOrigin[] origins() {
    return origins.clone();
  }
}
