package org.imageclustering.sanet;

import java.io.Serializable;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;

/** A fitted layer: maps in, maps out, image by image. Immutable, safe for many threads. */
public interface Layer extends Serializable {
  /** Returns the layer's name. */
  String name();

  /** Returns the shape of the maps it gives for an image. */
  MapShape output();

  /** Returns where each output map comes from, one entry a channel. */
  MapOrigin[] origins();

  /**
   * Returns the maps of a batch of images; an image's maps do not depend on the rest of the batch.
   *
   * @param maps of the shape the layer was fitted for; not modified
   */
  FeatureMaps apply(FeatureMaps maps);
}
