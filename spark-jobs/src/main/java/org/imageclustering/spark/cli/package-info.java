/**
 * The command line: one picocli command a class, each thin over its job. The top of {@code cli ->
 * job -> methods -> stages}; the only place where an error becomes an exit code.
 */
package org.imageclustering.spark.cli;
