package org.imageclustering.spark.cocluster;

import java.io.Serializable;
import java.util.Arrays;
import org.imageclustering.linalg.FloatMatrix;

/** A row's point with its id, on the way to the driver. */
final class RowPoint implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long id;
  private final float[] point;

  RowPoint(long id, float[] point) {
    this.id = id;
    this.point = point;
  }

  long id() {
    return id;
  }

  /** Returns the points as rows, at least one. */
  static FloatMatrix matrix(RowPoint[] points) {
    return FloatMatrix.ofRows(Arrays.stream(points).map(one -> one.point).toArray(float[][]::new));
  }
}
