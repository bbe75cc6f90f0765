package org.imageclustering.spark.training;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The cluster of every image, found by its id: 12 bytes an image. */
public final class ClustersById implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] ids;
  private final int[] clusters;

  /** Wraps the arrays, not copied; the ids ascending. */
  private ClustersById(long[] ids, int[] clusters) {
    this.ids = ids;
    this.clusters = clusters;
  }

  /**
   * Collects a table; while it is put together, the driver holds 24 bytes a row.
   *
   * @param rows id long, cluster int; ids are unique
   */
  public static ClustersById of(Dataset<Row> rows) {
    List<ClustersById> parts = rows.javaRDD().mapPartitions(ClustersById::part).collect();
    long[] ids = new long[parts.stream().mapToInt(part -> part.ids.length).sum()];
    int at = 0;
    for (ClustersById part : parts) {
      System.arraycopy(part.ids, 0, ids, at, part.ids.length);
      at += part.ids.length;
    }
    Arrays.sort(ids);
    int[] clusters = new int[ids.length];
    for (ClustersById part : parts) {
      for (int i = 0; i < part.ids.length; i++) {
        clusters[Arrays.binarySearch(ids, part.ids[i])] = part.clusters[i];
      }
    }
    return new ClustersById(ids, clusters);
  }

  /** Returns the rows of a partition in their order. */
  private static Iterator<ClustersById> part(Iterator<Row> rows) {
    long[] ids = new long[16];
    int[] clusters = new int[16];
    int count = 0;
    while (rows.hasNext()) {
      if (count == ids.length) {
        ids = Arrays.copyOf(ids, 2 * count);
        clusters = Arrays.copyOf(clusters, 2 * count);
      }
      Row row = rows.next();
      ids[count] = row.getLong(0);
      clusters[count++] = row.getInt(1);
    }
    return List.of(new ClustersById(Arrays.copyOf(ids, count), Arrays.copyOf(clusters, count)))
        .iterator();
  }

  /**
   * Returns the cluster of each image.
   *
   * @throws IllegalStateException if one has none
   */
  public int[] of(long[] images) {
    int[] found = new int[images.length];
    for (int i = 0; i < images.length; i++) {
      int at = Arrays.binarySearch(ids, images[i]);
      if (at < 0) {
        throw new IllegalStateException(
            "Cannot start from clusters: found none of image %d, expected one of each image"
                .formatted(images[i]));
      }
      found[i] = clusters[at];
    }
    return found;
  }
}
