/**
 * Descriptors of images as an MLlib stage: a column of images in, a column of vectors out. The
 * mathematics is in {@code org.imageclustering.descriptor}. Stands between {@code images} and every
 * method that takes vectors.
 */
package org.imageclustering.spark.descriptor;
