package org.imageclustering.sanet;

import java.io.Serializable;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Projection;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.PatchGeometry;
import org.imageclustering.sanet.SpectralOptions.Centering;

/** The windows of a layer as points: cut, centred, projected. */
final class Windows implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PatchGeometry geometry;
  private final Centering centering;
  private final Projection projection;

  /** Windows that are projected, or not if {@code projection} is null. */
  Windows(PatchGeometry geometry, Centering centering, Projection projection) {
    this.geometry = geometry;
    this.centering = centering;
    this.projection = projection;
  }

  PatchGeometry geometry() {
    return geometry;
  }

  Projection projection() {
    return projection;
  }

  int dimensions() {
    return projection == null ? geometry.length() : projection.basis().rows();
  }

  /** Returns the windows of some images, image by image: (until - from) * positions rows. */
  FloatMatrix of(FeatureMaps maps, int from, int until) {
    int positions = geometry.positions();
    FloatMatrix rows = FloatMatrix.zeros((until - from) * positions, geometry.length());
    for (int image = from; image < until; image++) {
      for (int position = 0; position < positions; position++) {
        cut(
            maps,
            image,
            position,
            rows.values(),
            rows.offset((image - from) * positions + position));
      }
    }
    return projection == null ? rows : projection.apply(rows);
  }

  /** Writes one window, centred but not projected. */
  void cut(FeatureMaps maps, int image, int position, float[] target, int offset) {
    geometry.extract(maps, image, position, target, offset);
    if (centering == Centering.MEAN) {
      PatchGeometry.subtractMeanInPlace(target, offset, geometry.length());
    }
  }
}
