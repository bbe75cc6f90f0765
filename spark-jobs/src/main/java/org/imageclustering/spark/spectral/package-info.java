/**
 * The spectral last step as an MLlib estimator: any column of vectors in, clusters out. The
 * mathematics is in {@code org.imageclustering.partition}; this package collects the landmarks,
 * spreads the search for their neighbours and the assignment of all other points over the cluster,
 * and keeps the model.
 *
 * <p>Stands after every representation ({@code features}) and before {@code assignments}.
 */
package org.imageclustering.spark.spectral;
