/**
 * Gathers what a run directory and its data set hold into the plain model of {@code common.report}
 * and writes {@code RUN/report/index.html}. Reads scores from {@code metrics.json}, never labels.
 */
package org.imageclustering.spark.report;
