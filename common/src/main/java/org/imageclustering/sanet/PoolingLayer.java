package org.imageclustering.sanet;

import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.Padding;

/**
 * Keeps, of each square of a map, the signed value of largest absolute value (SA-Net, Eq. 10): the
 * strongest response. Squares are clipped at the border.
 */
public final class PoolingLayer implements Layer {
  private static final long serialVersionUID = 1L;

  private final MapLayout layout;
  private final int size;
  private final int stride;
  private final int top;
  private final int left;

  /** A pooling of maps of one shape. */
  public PoolingLayer(PoolingOptions options, MapShape input, MapOrigin[] origins) {
    this.size = options.size();
    this.stride = options.stride();
    int rows = squares(input.height(), options);
    int columns = squares(input.width(), options);
    this.top = before(input.height(), rows, options);
    this.left = before(input.width(), columns, options);
    this.layout =
        new MapLayout(options.name(), new MapShape(rows, columns, input.channels()), origins);
  }

  private static int squares(int side, PoolingOptions options) {
    return options.padding() == Padding.SAME
        ? (side + options.stride() - 1) / options.stride()
        : Math.max(0, side - options.size()) / options.stride() + 1;
  }

  private static int before(int side, int squares, PoolingOptions options) {
    int covered = (squares - 1) * options.stride() + options.size();
    return options.padding() == Padding.SAME ? Math.max(0, covered - side) / 2 : 0;
  }

  @Override
  public MapLayout layout() {
    return layout;
  }

  @Override
  public FeatureMaps apply(FeatureMaps maps) {
    MapShape output = layout.shape();
    FeatureMaps pooled = FeatureMaps.zeros(maps.count(), output);
    for (int image = 0; image < maps.count(); image++) {
      for (int row = 0; row < output.height(); row++) {
        for (int column = 0; column < output.width(); column++) {
          int target = pooled.offset(image) + (row * output.width() + column) * output.channels();
          poolSquare(maps, image, row * stride - top, column * stride - left, pooled, target);
        }
      }
    }
    return pooled;
  }

  private void poolSquare(
      FeatureMaps maps, int image, int firstRow, int firstColumn, FeatureMaps pooled, int target) {
    MapShape input = maps.shape();
    int channels = input.channels();
    float[] source = maps.values();
    float[] goal = pooled.values();
    int lastRow = Math.min(input.height(), firstRow + size);
    int lastColumn = Math.min(input.width(), firstColumn + size);
    for (int y = Math.max(0, firstRow); y < lastRow; y++) {
      for (int x = Math.max(0, firstColumn); x < lastColumn; x++) {
        int offset = maps.offset(image) + (y * input.width() + x) * channels;
        for (int c = 0; c < channels; c++) {
          if (Math.abs(source[offset + c]) > Math.abs(goal[target + c])) {
            goal[target + c] = source[offset + c];
          }
        }
      }
    }
  }
}
