/**
 * Scores a run against labels: reads its assignments and a label table, counts on the executors,
 * and writes {@code metrics.json}. The only user of {@code common.evaluate}; methods and stages
 * cannot see it, so that what is unsupervised stays so.
 */
package org.imageclustering.spark.evaluate;
