/**
 * Affinity graphs on a cluster: the searches of {@code org.imageclustering.neighbours} as Spark
 * tasks. Stands between patches (or features) and the graph that is made of their neighbours.
 */
package org.imageclustering.spark.graph;
