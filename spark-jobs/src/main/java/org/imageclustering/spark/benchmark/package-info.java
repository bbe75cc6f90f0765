/** Measurements that anybody can repeat; {@code docs/benchmarks.md} says how and what they gave. */
package org.imageclustering.spark.benchmark;
