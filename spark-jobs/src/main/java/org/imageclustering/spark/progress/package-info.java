/**
 * What a person sees while a job runs: a bar on a terminal, plain lines elsewhere. Beside the flow:
 * it listens to Spark and to the stages, and changes nothing.
 */
package org.imageclustering.spark.progress;
