package org.imageclustering.sanet;

import java.io.Serializable;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;

/** A fitted layer: maps in, maps out, image by image. Immutable, safe for many threads. */
public interface Layer extends Serializable {
  /** Returns what the maps are that the layer gives. */
  MapLayout layout();

  /** Returns the layer's name. */
  default String name() {
    return layout().name();
  }

  /** Returns the shape of the maps it gives for an image. */
  default MapShape output() {
    return layout().shape();
  }

  /** Returns where each output map comes from, one entry a channel. */
  default MapOrigin[] origins() {
    return layout().origins();
  }

  /**
   * Returns the maps of a batch of images; an image's maps do not depend on the rest of the batch.
   *
   * @param maps of the shape the layer was fitted for; not modified
   */
  FeatureMaps apply(FeatureMaps maps);
}
