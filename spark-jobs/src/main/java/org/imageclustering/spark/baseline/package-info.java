/**
 * Baselines, run through the same stages and the same command as the methods that are compared with
 * them: k-means on the representation itself. Also the last step {@code final = k-means} of the
 * others. Its result does not depend on partitioning (docs/decisions/009).
 */
package org.imageclustering.spark.baseline;
