package org.imageclustering.sanet;

/** What one layer of the network is to be; its name is its key under {@code sa-net.layer}. */
public sealed interface LayerOptions
    permits SpectralOptions, PoolingOptions, BinarizationOptions, CodingOptions {
  /** Returns the layer's name. */
  String name();
}
