package org.imageclustering.spark.benchmark;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.imageclustering.linalg.FloatMatrix;

/**
 * The patches that the benchmarks work on: 11 x 11, stride 5, a border of 4 zeros, constant patches
 * left out, equal ones merged, each less its own mean. Those of the peers' script, made without the
 * stages that are measured.
 */
public final class BenchmarkPatches {
  private static final int SIZE = 11;
  private static final int STRIDE = 5;
  private static final int PADDING = 4;

  private BenchmarkPatches() {}

  /**
   * Returns the distinct patches in the order in which they are met, one a row.
   *
   * @param images one a row, {@code height * width} grey values in [0, 1]; not modified
   */
  public static FloatMatrix of(FloatMatrix images, int height, int width) {
    Set<Patch> distinct = new LinkedHashSet<>();
    for (int image = 0; image < images.rows(); image++) {
      for (int y = -PADDING; y + SIZE <= height + PADDING; y += STRIDE) {
        for (int x = -PADDING; x + SIZE <= width + PADDING; x += STRIDE) {
          Patch patch = cut(images, image, height, width, y, x);
          if (!patch.isConstant()) {
            distinct.add(patch);
          }
        }
      }
    }
    FloatMatrix patches = FloatMatrix.zeros(distinct.size(), SIZE * SIZE);
    int row = 0;
    for (Patch patch : distinct) {
      patch.writeLessMean(patches.values(), patches.offset(row++));
    }
    return patches;
  }

  private static Patch cut(
      FloatMatrix images, int image, int height, int width, int top, int left) {
    float[] values = new float[SIZE * SIZE];
    int from = Math.max(0, left);
    int until = Math.min(width, left + SIZE);
    for (int y = Math.max(0, top); y < Math.min(height, top + SIZE); y++) {
      int pixel = images.offset(image) + y * width + from;
      System.arraycopy(
          images.values(), pixel, values, (y - top) * SIZE + from - left, until - from);
    }
    return new Patch(values);
  }

  /** A patch that equals another of the same pixels. */
  private static final class Patch {
    private final float[] values;

    Patch(float[] values) {
      this.values = values;
    }

    boolean isConstant() {
      for (float value : values) {
        if (value != values[0]) {
          return false;
        }
      }
      return true;
    }

    void writeLessMean(float[] to, int offset) {
      double sum = 0;
      for (float value : values) {
        sum += value;
      }
      float mean = (float) (sum / values.length);
      for (int i = 0; i < values.length; i++) {
        to[offset + i] = values[i] - mean;
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Patch && Arrays.equals(values, ((Patch) other).values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }
}
