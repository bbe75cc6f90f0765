package org.imageclustering.sanet;

import org.imageclustering.patch.FeatureMaps;

/**
 * A layer and the maps that it gives for the sample that it was fitted on.
 *
 * @param layer the fitted layer
 * @param maps equal to {@code layer.apply(sample)} but without the look-up, as long as the layer
 *     keeps all its landmarks; otherwise those of a layer that would
 */
public record FittedLayer(Layer layer, FeatureMaps maps) {}
