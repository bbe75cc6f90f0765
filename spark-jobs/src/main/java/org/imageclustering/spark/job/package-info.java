/**
 * The work of each command: the run directory with its record, identity, lease and commit point,
 * the registry of methods, and one class a command.
 *
 * <p>{@code cli -> job -> methods -> stages}: this package knows every method through {@link
 * org.imageclustering.spark.job.Method}, and no method knows this package.
 */
package org.imageclustering.spark.job;
