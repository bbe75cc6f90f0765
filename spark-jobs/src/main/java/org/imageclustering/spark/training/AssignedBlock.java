package org.imageclustering.spark.training;

import java.io.Serializable;

/** A block of images with their clusters: what a joint epoch is trained on. */
public final class AssignedBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ImageBlock images;
  private final int[] clusters;

  AssignedBlock(ImageBlock images, int[] clusters) {
    this.images = images;
    this.clusters = clusters;
  }

  ImageBlock images() {
    return images;
  }

  int[] clusters() {
    return clusters;
  }
}
