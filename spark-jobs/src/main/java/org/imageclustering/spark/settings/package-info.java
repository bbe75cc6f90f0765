/**
 * The configuration of a run: {@code reference.conf} in the jar, a preset or file over it, and the
 * keys of the command line over both.
 */
package org.imageclustering.spark.settings;
