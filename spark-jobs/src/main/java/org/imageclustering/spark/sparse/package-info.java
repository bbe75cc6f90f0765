/**
 * Columns of sparse or dense vectors as the rows of a tall sparse matrix: read and checked in one
 * pass, cut into parts that do not depend on partitioning, held by the driver or by the executors.
 * Stands between {@code features} and the stages that work on products with the whole matrix.
 */
package org.imageclustering.spark.sparse;
