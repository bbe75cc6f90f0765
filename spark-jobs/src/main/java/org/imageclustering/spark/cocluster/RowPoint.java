package org.imageclustering.spark.cocluster;

import java.io.Serializable;
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
    FloatMatrix matrix = FloatMatrix.zeros(points.length, points[0].point.length);
    for (int i = 0; i < points.length; i++) {
      System.arraycopy(points[i].point, 0, matrix.values(), matrix.offset(i), matrix.columns());
    }
    return matrix;
  }
}
