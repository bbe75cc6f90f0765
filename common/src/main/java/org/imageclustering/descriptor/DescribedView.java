package org.imageclustering.descriptor;

import java.io.Serializable;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Projection;

/** A part of a descriptor: a view, its principal components, and a factor. Immutable. */
final class DescribedView implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ImageView view;
  private final Projection projection;
  private final float factor;

  /**
   * A part.
   *
   * @param basis components x entries, or null where nothing is projected
   * @param factor of all numbers
   */
  DescribedView(ImageView view, FloatMatrix basis, float factor) {
    this.view = view;
    this.projection = basis == null ? null : new Projection(basis);
    this.factor = factor;
  }

  /** Returns the axes, or null where nothing is projected. */
  FloatMatrix basis() {
    return projection == null ? null : projection.basis();
  }

  /** Returns the factor of all numbers. */
  float factor() {
    return factor;
  }

  /** Returns the numbers of an image. */
  int length() {
    return projection == null ? view.length() : projection.basis().rows();
  }

  /** Writes an image's numbers. */
  void write(float[] values, float[] target, int from) {
    float[] raw = view.of(values);
    float[] part =
        projection == null ? raw : projection.apply(new FloatMatrix(1, raw.length, raw)).values();
    for (int i = 0; i < part.length; i++) {
      target[from + i] = factor * part[i];
    }
  }
}
