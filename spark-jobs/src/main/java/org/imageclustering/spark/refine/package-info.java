/**
 * Refinement of any clusters by linear support vector machines as an MLlib estimator: {@code
 * org.imageclustering.refine} on a cluster. A stage between features with initial assignments and
 * the final ones.
 */
package org.imageclustering.spark.refine;
