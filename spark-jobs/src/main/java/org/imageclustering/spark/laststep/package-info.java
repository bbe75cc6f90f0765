/**
 * The last step of every method, which makes clusters of a column of vectors: k-means, or a
 * spectral embedding of the images followed by the choice among many partitions. Stands after
 * {@code features} and before {@code assignments}; the key {@code final} chooses.
 */
package org.imageclustering.spark.laststep;
