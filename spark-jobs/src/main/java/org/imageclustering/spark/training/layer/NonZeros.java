package org.imageclustering.spark.training.layer;

import java.util.Arrays;
import java.util.Objects;
import org.imageclustering.linalg.Parallel;

/**
 * Where a batch of rows is not zero, when that is in few places: as between the {@link
 * WinnerTakeAll} of an autoencoder and its neighbours, where a product with the few numbers is far
 * less work than the product of matrices.
 */
final class NonZeros {
  /** A number alone costs about so many of a matrix product's. */
  private static final int COST = 32;

  private final int[][] places;
  private final float[][] values;

  private NonZeros(int[][] places, float[][] values) {
    this.places = places;
    this.values = values;
  }

  /**
   * Returns the numbers that are not zero, or null where they are too many to be worth it.
   *
   * @param rows of so many images
   * @param length of a row
   */
  static NonZeros of(NativeFloats rows, int images, int length) {
    int[][] places = new int[images][];
    float[][] values = new float[images][];
    read(rows, 0, length, places, values);
    if (places[0] == null) {
      return null;
    }
    Parallel.forChunks(
        images - 1, 1, (chunk, from, until) -> read(rows, chunk + 1, length, places, values));
    return Arrays.stream(places).allMatch(Objects::nonNull) ? new NonZeros(places, values) : null;
  }

  /** Leaves an image's places null where they are too many. */
  private static void read(
      NativeFloats rows, int image, int length, int[][] places, float[][] values) {
    float[] row = Scratch.get().images(length);
    rows.read(image * length, row, length);
    int[] found = new int[length / COST + 1];
    int count = 0;
    for (int i = 0; i < length; i++) {
      if (row[i] != 0) {
        found[count++] = i;
        if (count == found.length) {
          return;
        }
      }
    }
    places[image] = Arrays.copyOf(found, count);
    values[image] = new float[count];
    for (int i = 0; i < count; i++) {
      values[image][i] = row[found[i]];
    }
  }

  /** Multiplies each number by the derivative of a curve. */
  void backInPlace(Curve curve, NativeFloats outputs, int length) {
    for (int image = 0; image < places.length; image++) {
      float[] y = new float[places[image].length];
      for (int i = 0; i < y.length; i++) {
        y[i] = outputs.get(image * length + places[image][i]);
      }
      curve.backInPlace(values[image], y, y.length);
    }
  }

  /** Returns the sum of the numbers of each channel, which runs fastest. */
  float[] sums(int channels) {
    float[] sums = new float[channels];
    for (int image = 0; image < places.length; image++) {
      for (int i = 0; i < places[image].length; i++) {
        sums[places[image][i] % channels] += values[image][i];
      }
    }
    return sums;
  }

  /** Returns the indices of an image's numbers, ascending. */
  int[] places(int image) {
    return places[image];
  }

  /** Returns an image's numbers. */
  float[] values(int image) {
    return values[image];
  }
}
