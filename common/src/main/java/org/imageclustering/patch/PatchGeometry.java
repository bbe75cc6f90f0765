package org.imageclustering.patch;

import java.io.Serializable;
import org.imageclustering.UserException;

/**
 * Where the square windows of one layer lie on its input (SA-Net, section 3.2 (1)).
 *
 * <p>With padding {@code SAME} there are {@code ceil(m / s)} windows along a side of m pixels; the
 * total padding is {@code max(0, (out - 1) s + p - m)}, the odd pixel at the end. MNIST: patches of
 * 11 at stride 5 give 6 x 6 windows with 4 pixels of padding on each side.
 */
public final class PatchGeometry implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MapShape input;
  private final int patch;
  private final int stride;
  private final int rows;
  private final int columns;
  private final int top;
  private final int left;

  /**
   * Lays windows over an input.
   *
   * @param patch the window's side, in pixels
   * @param stride the distance between windows, in pixels
   * @throws UserException if a window is larger than the (padded) input
   */
  public PatchGeometry(MapShape input, int patch, int stride, Padding padding) {
    if (patch > input.height() || patch > input.width()) {
      throw new UserException(
          "Cannot cut patches: found patch = "
              + patch
              + " on maps of "
              + input.height()
              + "x"
              + input.width()
              + ", expected a patch no larger than the image");
    }
    this.input = input;
    this.patch = patch;
    this.stride = stride;
    this.rows = windows(input.height(), patch, stride, padding);
    this.columns = windows(input.width(), patch, stride, padding);
    this.top = padding == Padding.SAME ? before(input.height(), rows) : 0;
    this.left = padding == Padding.SAME ? before(input.width(), columns) : 0;
  }

  /** Returns how many windows a side has that is not shorter than one. */
  public static int windows(int side, int patch, int stride, Padding padding) {
    return padding == Padding.SAME ? (side + stride - 1) / stride : (side - patch) / stride + 1;
  }

  private int before(int side, int out) {
    return Math.max(0, (out - 1) * stride + patch - side) / 2;
  }

  /** Returns the shape of the maps that windows are cut from. */
  public MapShape input() {
    return input;
  }

  /** Returns the window's side. */
  public int patch() {
    return patch;
  }

  /** Returns the distance between windows. */
  public int stride() {
    return stride;
  }

  /** Returns how many windows lie along the height. */
  public int rows() {
    return rows;
  }

  /** Returns how many windows lie along the width. */
  public int columns() {
    return columns;
  }

  /** Returns the number of windows of an image. */
  public int positions() {
    return rows * columns;
  }

  /** Returns the number of values in a window: patch x patch x channels. */
  public int length() {
    return patch * patch * input.channels();
  }

  /**
   * Copies one window; what lies beyond the border is zero.
   *
   * @param position row-major number of the window, in [0, positions)
   * @param target receives {@link #length()} values, row by row, channels fastest
   */
  public void extract(FeatureMaps maps, int image, int position, float[] target, int targetOffset) {
    int channels = input.channels();
    int firstRow = position / columns * stride - top;
    int firstColumn = position % columns * stride - left;
    int from = Math.max(0, -firstColumn);
    int until = Math.min(patch, input.width() - firstColumn);
    java.util.Arrays.fill(target, targetOffset, targetOffset + length(), 0f);
    for (int y = 0; y < patch; y++) {
      int row = firstRow + y;
      if (row >= 0 && row < input.height() && from < until) {
        int source = maps.offset(image) + (row * input.width() + firstColumn + from) * channels;
        int goal = targetOffset + (y * patch + from) * channels;
        System.arraycopy(maps.values(), source, target, goal, (until - from) * channels);
      }
    }
  }

  /**
   * Subtracts the mean of a window's values from each of them, in place; a constant window becomes
   * exactly zero (SA-Net, section 3.2 (1), against differences of illumination).
   */
  public static void subtractMeanInPlace(float[] values, int offset, int length) {
    double sum = 0;
    float low = values[offset];
    float high = low;
    for (int i = offset; i < offset + length; i++) {
      sum += values[i];
      low = Math.min(low, values[i]);
      high = Math.max(high, values[i]);
    }
    double mean = sum / length;
    for (int i = offset; i < offset + length; i++) {
      values[i] = low == high ? 0f : (float) (values[i] - mean);
    }
  }
}
