package org.imageclustering.spark.winnertakeall;

import org.apache.spark.ml.Transformer;
import org.imageclustering.spark.cocluster.CoclusteringModel;

/**
 * What the steps after the network are. Lives on the driver.
 *
 * @param coclusters images and visual elements together; null where the clusters come from another
 *     last step
 * @param last makes the final clusters
 */
record FittedClusters(CoclusteringModel coclusters, Transformer last) {}
