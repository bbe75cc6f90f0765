/**
 * SA-Net as an MLlib estimator and its model: the layers are fitted on a sample of images, every
 * image goes through them on the executors, and a last step makes the clusters. The mathematics is
 * in {@code org.imageclustering.sanet}, with the table of the paper's symbols.
 *
 * <pre>
 * images (id, image) -> sample -> layers, one stage each -> features (id, features) -> last step
 * </pre>
 */
package org.imageclustering.spark.sanet;
