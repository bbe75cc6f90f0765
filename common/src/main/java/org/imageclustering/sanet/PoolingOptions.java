package org.imageclustering.sanet;

import org.imageclustering.patch.Padding;

/**
 * A pooling layer (SA-Net, Eq. 10).
 *
 * @param name its key in the configuration
 * @param size side of the square that one value is taken from
 * @param stride distance between squares
 * @param padding {@code SAME}: squares are clipped at the border; {@code NONE}: they stay inside
 */
public record PoolingOptions(String name, int size, int stride, Padding padding)
    implements LayerOptions {
  /** Checks the ranges. */
  public PoolingOptions {
    Ranges.atLeast(name, "size", size, 1);
    Ranges.atLeast(name, "stride", stride, 1);
  }
}
