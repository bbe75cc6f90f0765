package org.imageclustering.spark.training;

import java.io.Serializable;
import java.util.Arrays;

/** The codes of an {@link ImageBlock}'s images, and the cluster of each. */
public final class CodeBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] ids;
  private final float[] codes;
  private final int[] clusters;

  /** Wraps the arrays, not copied: n ids, n x d numbers, n clusters. */
  public CodeBlock(long[] ids, float[] codes, int[] clusters) {
    this.ids = ids;
    this.codes = codes;
    this.clusters = clusters;
  }

  /** Returns the codes of a block's images without clusters. */
  public static CodeBlock unassigned(ImageBlock images, float[] codes) {
    int[] clusters = new int[images.size()];
    Arrays.fill(clusters, -1);
    return new CodeBlock(images.ids(), codes, clusters);
  }

  /** Returns n ids. */
  public long[] ids() {
    return ids;
  }

  /** Returns the codes, n x d, not a copy. */
  public float[] codes() {
    return codes;
  }

  /** Returns n clusters, not a copy; -1 where there is none yet. */
  public int[] clusters() {
    return clusters;
  }

  CodeBlock with(int[] other) {
    return new CodeBlock(ids, codes, other);
  }
}
