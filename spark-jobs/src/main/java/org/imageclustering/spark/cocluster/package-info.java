/**
 * Co-clustering of rows and columns as an MLlib estimator: {@code org.imageclustering.coclustering}
 * on a cluster. A stage between sparse features and assignments, or a method of its own.
 */
package org.imageclustering.spark.cocluster;
