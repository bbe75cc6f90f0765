/**
 * Baselines, run through the same stages and the same command as the methods that are compared with
 * them: k-means on the representation itself.
 */
package org.imageclustering.spark.baseline;
