package org.imageclustering.spark.training.layer;

import java.util.Arrays;
import org.imageclustering.linalg.Parallel;

/**
 * Where a batch of rows is not zero, when that is in few places: as between the {@link
 * WinnerTakeAll} of an autoencoder and its neighbours, where a product with the few numbers is far
 * less work than the product of matrices.
 */
final class SparseRows {
  /** A number alone costs about so many of a matrix product's. */
  private static final int COST = 32;

  private final int[][] places;
  private final float[][] values;

  private SparseRows(int[][] places, float[][] values) {
    this.places = places;
    this.values = values;
  }

  /**
   * Returns the numbers that are not zero, or null where they are too many to be worth it.
   *
   * @param rows of so many images
   * @param length of a row
   */
  static SparseRows of(NativeFloats rows, int images, int length) {
    int most = length / COST;
    int[][] places = new int[images][];
    float[][] values = new float[images][];
    Parallel.forChunks(
        images,
        1,
        (image, from, until) -> {
          float[] row = Scratch.get().images(length);
          rows.read(image * length, row, length);
          int[] found = new int[most];
          int count = 0;
          for (int i = 0; i < length && count <= most; i++) {
            if (row[i] != 0) {
              if (count < most) {
                found[count] = i;
              }
              count++;
            }
          }
          if (count <= most) {
            places[image] = Arrays.copyOf(found, count);
            values[image] = new float[count];
            for (int i = 0; i < count; i++) {
              values[image][i] = row[places[image][i]];
            }
          }
        });
    // One image alone may be crowded: what counts is all of them together.
    for (int[] ofImage : places) {
      if (ofImage == null) {
        return null;
      }
    }
    return new SparseRows(places, values);
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
