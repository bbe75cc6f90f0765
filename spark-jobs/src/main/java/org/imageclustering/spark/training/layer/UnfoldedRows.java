package org.imageclustering.spark.training.layer;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.imageclustering.patch.WindowGrid;

/**
 * A convolution of stride 1 without copying each pixel once for every row of the kernel. Windows
 * are unfolded along their rows alone: for every row y of the padded image and every column, the
 * kernel-width x channels numbers from there. What a row r of the kernel reads for all positions is
 * then one contiguous matrix, so that {@code Z = sum over r of U[r ...] W_r}: as many products as
 * the kernel has rows, each adding to the one before.
 */
final class UnfoldedRows {
  /** Numbers of a kernel's row below which a product is too thin. */
  private static final int LEAST_LENGTH = 48;

  /** Positions below which a product is too short. */
  private static final int LEAST_POSITIONS = 64;

  private final WindowGrid windows;
  private final int maps;
  private final int channels;
  private final int length;
  private final float[] zeros;

  /** The windows of a convolution with so many kernels. */
  UnfoldedRows(WindowGrid windows, int maps) {
    this.windows = windows;
    this.maps = maps;
    this.channels = windows.image().channels();
    this.length = windows.kernelWidth() * channels;
    this.zeros = new float[length];
  }

  /** Tells whether windows can be worked on in this way, and it is worth it. */
  static boolean suit(WindowGrid windows) {
    return windows.stride() == 1
        && windows.kernelHeight() > 1
        && windows.kernelWidth() * windows.image().channels() >= LEAST_LENGTH
        && windows.positions() >= LEAST_POSITIONS;
  }

  /** Writes the convolution of one image of a batch. */
  void times(int image, NativeFloats input, NativeFloats weights, NativeFloats output) {
    int rows = windows.rows() + windows.kernelHeight() - 1;
    FloatPointer unfolded = Scratch.get().outside((long) rows * windows.columns() * length);
    unfold(image, rows, input, unfolded.asBuffer());
    FloatPointer result = output.at((long) image * windows.positions() * maps);
    for (int r = 0; r < windows.kernelHeight(); r++) {
      FloatPointer left = unfolded.getPointer((long) r * windows.columns() * length);
      FloatPointer right = weights.at((long) r * length * maps);
      Gemm.times(windows.positions(), maps, length, left, right, r == 0 ? 0f : 1f, result);
    }
  }

  private void unfold(int image, int rows, NativeFloats from, FloatBuffer to) {
    int first = image * windows.image().length();
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int y = row - windows.top();
      for (int column = 0; column < windows.columns(); column++) {
        if (y < 0 || y >= windows.image().height()) {
          to.put(at, zeros);
        } else {
          unfoldRow(first, y, column - windows.left(), from, to, at);
        }
        at += length;
      }
    }
  }

  private void unfoldRow(int image, int y, int x, NativeFloats from, FloatBuffer to, int at) {
    int width = windows.image().width();
    int before = Math.max(0, -x) * channels;
    int end = Math.max(before, Math.min(windows.kernelWidth(), width - x) * channels);
    if (end - before < length) {
      to.put(at, zeros);
    }
    from.copy(image + (y * width + x) * channels + before, to, at + before, end - before);
  }
}
