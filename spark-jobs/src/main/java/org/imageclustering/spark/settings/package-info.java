/**
 * The configuration of a run: {@code reference.conf} in the jar, a preset or file over it, and the
 * keys of the command line over both. Stands before the flow: what comes out is one resolved
 * configuration, whose sections fill the validated options of the stages.
 */
package org.imageclustering.spark.settings;
