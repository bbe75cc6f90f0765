package org.imageclustering.sanet;

/**
 * A binarization layer (SA-Net, section 3.2 (4)).
 *
 * @param name its key in the configuration
 * @param threshold what a value must exceed to become 1
 */
public record BinarizationOptions(String name, Threshold threshold) implements LayerOptions {
  /** What a value is compared with. */
  public enum Threshold {
    /** Zero, as in the paper. */
    ZERO,
    /** The mean of the value's map over the sample that the network is fitted on. */
    MEAN
  }
}
