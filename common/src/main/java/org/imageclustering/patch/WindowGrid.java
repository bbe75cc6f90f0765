package org.imageclustering.patch;

import java.util.Arrays;

/**
 * A grid of windows that slide over an image: what a convolution reads and a deconvolution writes.
 * {@link #unfold} copies the windows of an image into the rows of a matrix (im2col), {@link #fold}
 * adds the rows back to where they came from (col2im, the transposed map). Images are row-major
 * with the channel running fastest, and so is a window.
 */
public final class WindowGrid {
  /** Numbers that are copied one by one. */
  private static final int SHORT = 12;

  private final MapShape image;
  private final int kernelHeight;
  private final int kernelWidth;
  private final int stride;
  private final int top;
  private final int left;
  private final int rows;
  private final int columns;

  /**
   * A grid.
   *
   * @param image the shape that the windows slide over
   * @param kernelHeight rows of a window, at least 1
   * @param kernelWidth columns of a window, at least 1
   * @param stride pixels from one window to the next, at least 1
   * @param padding NONE: only windows inside the image; SAME: ceil(height / stride) x ceil(width /
   *     stride) windows, zeros outside, the odd row of zeros at the end
   * @throws IllegalArgumentException if a size is below 1 or no window fits
   */
  public WindowGrid(
      MapShape image, int kernelHeight, int kernelWidth, int stride, Padding padding) {
    if (kernelHeight < 1 || kernelWidth < 1 || stride < 1) {
      throw new IllegalArgumentException(
          "Cannot lay windows of %dx%d at stride %d: expected 1 or more"
              .formatted(kernelHeight, kernelWidth, stride));
    }
    if (padding == Padding.NONE && (image.height() < kernelHeight || image.width() < kernelWidth)) {
      throw new IllegalArgumentException(
          "Cannot lay windows of %dx%d on %s: expected an image at least as large"
              .formatted(kernelHeight, kernelWidth, image));
    }
    this.image = image;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
    this.stride = stride;
    this.rows = count(image.height(), kernelHeight, stride, padding);
    this.columns = count(image.width(), kernelWidth, stride, padding);
    this.top = before(image.height(), kernelHeight, stride, rows, padding);
    this.left = before(image.width(), kernelWidth, stride, columns, padding);
  }

  private static int count(int length, int kernel, int stride, Padding padding) {
    return padding == Padding.SAME
        ? (length + stride - 1) / stride
        : (length - kernel) / stride + 1;
  }

  private static int before(int length, int kernel, int stride, int count, Padding padding) {
    return padding == Padding.SAME ? Math.max(0, (count - 1) * stride + kernel - length) / 2 : 0;
  }

  /** Returns the shape of the image. */
  public MapShape image() {
    return image;
  }

  /** Returns the number of rows of windows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of windows in a row. */
  public int columns() {
    return columns;
  }

  /** Returns the number of windows. */
  public int positions() {
    return rows * columns;
  }

  /** Returns the number of values of a window: kernel height x kernel width x channels. */
  public int length() {
    return kernelHeight * kernelWidth * image.channels();
  }

  /** Returns the rows of a window. */
  public int kernelHeight() {
    return kernelHeight;
  }

  /** Returns the columns of a window. */
  public int kernelWidth() {
    return kernelWidth;
  }

  /** Returns the pixels from one window to the next. */
  public int stride() {
    return stride;
  }

  /** Returns the rows of zeros above the image. */
  public int top() {
    return top;
  }

  /** Returns the columns of zeros before the image. */
  public int left() {
    return left;
  }

  /**
   * Tells whether the windows side by side are the image itself, so that nothing need be copied.
   */
  public boolean isIdentity() {
    boolean whole = kernelHeight == image.height() && kernelWidth == image.width();
    boolean single = kernelHeight == 1 && kernelWidth == 1 && stride == 1;
    return single || (whole && positions() == 1);
  }

  /**
   * Writes the windows of an image as rows: positions x length, zeros outside the image.
   *
   * @param from holds the image from {@code fromOffset}; not modified
   * @param to overwritten from {@code toOffset}
   */
  public void unfold(float[] from, int fromOffset, float[] to, int toOffset) {
    int length = kernelWidth * image.channels();
    int line = image.width() * image.channels();
    int at = toOffset;
    for (int row = 0; row < rows; row++) {
      int first = row * stride - top;
      for (int column = 0; column < columns; column++) {
        int x = column * stride - left;
        boolean isInside = isInside(first, x);
        int source = fromOffset + first * line + x * image.channels();
        for (int y = first; y < first + kernelHeight; y++) {
          if (isInside) {
            copy(from, source, to, at, length);
            source += line;
          } else {
            unfoldRow(from, fromOffset, to, at, y, x);
          }
          at += length;
        }
      }
    }
  }

  private boolean isInside(int y, int x) {
    return y >= 0
        && x >= 0
        && y + kernelHeight <= image.height()
        && x + kernelWidth <= image.width();
  }

  /** A call of arraycopy costs more than a few numbers. */
  private static void copy(float[] from, int source, float[] to, int at, int length) {
    if (length > SHORT) {
      System.arraycopy(from, source, to, at, length);
      return;
    }
    for (int i = 0; i < length; i++) {
      to[at + i] = from[source + i];
    }
  }

  private void unfoldRow(float[] from, int fromOffset, float[] to, int at, int y, int x) {
    int channels = image.channels();
    int length = kernelWidth * channels;
    if (y < 0 || y >= image.height()) {
      Arrays.fill(to, at, at + length, 0f);
      return;
    }
    int first = Math.max(0, -x) * channels;
    int end = Math.max(first, Math.min(kernelWidth, image.width() - x) * channels);
    int source = fromOffset + (y * image.width() + x) * channels;
    if (end - first < length) {
      Arrays.fill(to, at, at + length, 0f);
    }
    System.arraycopy(from, source + first, to, at + first, end - first);
  }

  /**
   * Adds rows of windows up to an image: the transposed map of {@link #unfold}.
   *
   * @param from positions x length from {@code fromOffset}; not modified
   * @param to holds the image from {@code toOffset}, overwritten
   */
  public void fold(float[] from, int fromOffset, float[] to, int toOffset) {
    Arrays.fill(to, toOffset, toOffset + image.length(), 0f);
    int at = fromOffset;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        for (int y = row * stride - top; y < row * stride - top + kernelHeight; y++) {
          foldRow(from, at, to, toOffset, y, column * stride - left);
          at += kernelWidth * image.channels();
        }
      }
    }
  }

  private void foldRow(float[] from, int at, float[] to, int toOffset, int y, int x) {
    if (y < 0 || y >= image.height()) {
      return;
    }
    int channels = image.channels();
    int first = Math.max(0, -x) * channels;
    int end = Math.min(kernelWidth, image.width() - x) * channels;
    int target = toOffset + (y * image.width() + x) * channels;
    for (int i = first; i < end; i++) {
      to[target + i] += from[at + i];
    }
  }

  /**
   * Adds a multiple of one row of windows to an image: one term of {@link #fold}.
   *
   * @param position of the window, row by row from 0
   * @param row holds a window from {@code rowOffset}; not modified
   * @param to holds the image from {@code toOffset}
   */
  public void paint(
      int position, float factor, float[] row, int rowOffset, float[] to, int toOffset) {
    forRows(
        position,
        (inWindow, inImage, length) -> {
          for (int i = 0; i < length; i++) {
            to[toOffset + inImage + i] += factor * row[rowOffset + inWindow + i];
          }
        });
  }

  /**
   * Adds a multiple of one window of an image to a row; zeros outside the image.
   *
   * @param position of the window, row by row from 0
   * @param from holds the image from {@code fromOffset}; not modified
   * @param row holds a window from {@code rowOffset}
   */
  public void gather(
      int position, float factor, float[] from, int fromOffset, float[] row, int rowOffset) {
    forRows(
        position,
        (inWindow, inImage, length) -> {
          for (int i = 0; i < length; i++) {
            row[rowOffset + inWindow + i] += factor * from[fromOffset + inImage + i];
          }
        });
  }

  /** Returns the inner product of one window of an image with a row, in single precision. */
  public float product(int position, float[] from, int fromOffset, float[] row, int rowOffset) {
    float[] sum = new float[1];
    forRows(
        position,
        (inWindow, inImage, length) -> {
          float part = 0;
          for (int i = 0; i < length; i++) {
            part += from[fromOffset + inImage + i] * row[rowOffset + inWindow + i];
          }
          sum[0] += part;
        });
    return sum[0];
  }

  /**
   * A row of a window as far as it lies in the image: where it starts in either, and its length.
   */
  @FunctionalInterface
  private interface Piece {
    void at(int inWindow, int inImage, int length);
  }

  private void forRows(int position, Piece piece) {
    int channels = image.channels();
    int x = position % columns * stride - left;
    int first = Math.max(0, -x) * channels;
    int end = Math.min(kernelWidth, image.width() - x) * channels;
    for (int row = 0; row < kernelHeight; row++) {
      int y = position / columns * stride - top + row;
      if (y >= 0 && y < image.height() && end > first) {
        int inImage = (y * image.width() + x) * channels + first;
        piece.at(row * kernelWidth * channels + first, inImage, end - first);
      }
    }
  }
}
