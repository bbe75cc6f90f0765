/**
 * The last step of every method, which makes clusters of a column of vectors: k-means, or a
 * spectral embedding of the images followed by the choice among many partitions.
 */
package org.imageclustering.spark.laststep;
