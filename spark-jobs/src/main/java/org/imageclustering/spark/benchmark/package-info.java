/**
 * Measurements that anybody can repeat: the neighbour search and the eigensolver on the patches of
 * grey images. Beside the flow, called by {@code submit.sh benchmark}; {@code docs/benchmarks.md}
 * says how and what they gave.
 */
package org.imageclustering.spark.benchmark;
