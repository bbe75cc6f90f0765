package org.imageclustering.spark.training;

import java.io.Serializable;
import java.util.Arrays;

/** A block of images with their clusters: what a joint epoch is trained on. */
public final class AssignedBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ImageBlock images;
  private final int[] clusters;

  /** Wraps a block and its clusters, one an image; -1 where there is none. Not copied. */
  public AssignedBlock(ImageBlock images, int[] clusters) {
    this.images = images;
    this.clusters = clusters;
  }

  /** Returns a block of images without clusters. */
  public static AssignedBlock unassigned(ImageBlock images) {
    int[] clusters = new int[images.size()];
    Arrays.fill(clusters, -1);
    return new AssignedBlock(images, clusters);
  }

  /** Returns the images. */
  public ImageBlock images() {
    return images;
  }

  /** Returns the cluster of each image, not a copy. */
  public int[] clusters() {
    return clusters;
  }
}
