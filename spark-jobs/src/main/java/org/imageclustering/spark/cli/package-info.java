/** The command line: one picocli command a class, each thin over its job. */
package org.imageclustering.spark.cli;
