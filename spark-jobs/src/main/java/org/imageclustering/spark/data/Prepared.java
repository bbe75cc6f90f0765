package org.imageclustering.spark.data;

/**
 * What a preparation gave.
 *
 * @param dataset the data set, opened
 * @param images the number of images or vectors
 * @param rejected the number of files or rows that were not
 * @param labels the number of labels
 */
public record Prepared(ImageDataset dataset, long images, long rejected, long labels) {
  /** Returns {@code 577 images, 104 rejected, 0 labels}: the last line of {@code prepare}. */
  public String summary() {
    return "%d %s, %d rejected, %d labels"
        .formatted(images, dataset.shape().kind(), rejected, labels);
  }
}
