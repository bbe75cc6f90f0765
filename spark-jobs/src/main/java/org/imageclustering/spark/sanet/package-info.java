/**
 * SA-Net as an MLlib estimator and its model: the layers are fitted on a sample of images, every
 * image goes through them on the executors, and a last step makes the clusters.
 */
package org.imageclustering.spark.sanet;
