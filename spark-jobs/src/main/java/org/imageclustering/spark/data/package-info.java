/**
 * From whatever a user has to a data set: the first step of the flow. {@link
 * org.imageclustering.spark.data.Preparation} reads IDX, CIFAR, folders of image files or Parquet
 * from any Hadoop file system and writes a directory that {@link
 * org.imageclustering.spark.data.ImageDataset} opens.
 *
 * <pre>
 * DATASET/dataset.json  kind, counts, size, fingerprint; without it there is no data set
 * DATASET/images/       id long, origin string, height, width, channels int, pixels binary (HWC)
 *                       or, for vectors: id, origin, vector array of float
 * DATASET/labels/       id, label string; only if labels were asked for
 * DATASET/rejected/     origin, reason
 * </pre>
 *
 * <p>Labels are kept apart from the images and are opened by {@link
 * org.imageclustering.spark.data.LabelTable} alone, which only the evaluation uses.
 */
package org.imageclustering.spark.data;
