package org.imageclustering.descriptor;

import java.io.Serializable;

/** One way to see images of one shape: from pixels to numbers. Safe for many threads. */
interface ImageView extends Serializable {
  /** Returns how many numbers there are of an image. */
  int length();

  /**
   * Returns an image's numbers.
   *
   * @param values height x width x channels in [0, 1], HWC; not modified
   */
  float[] of(float[] values);
}
