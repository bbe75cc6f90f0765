package org.imageclustering.patch;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Strides that follow from the image: 2 in every layer, which halves the maps, but 1 in as many of
 * the first ones as small images need to be left with last maps that still have a place.
 */
public final class HalvingStrides {
  private HalvingStrides() {}

  /** The side of a layer's maps. */
  @FunctionalInterface
  public interface NextSide {
    /** Returns it for a side that enters, 0 where the layer's kernel does not fit. */
    int of(int layer, int stride, int side);
  }

  /**
   * Returns a stride for each layer.
   *
   * @param layers at least 1
   * @param side of the image, the shorter one, in pixels
   * @param least side of the last maps, in pixels; where even strides of 1 do not leave it, they
   *     are 1
   * @param next how a layer changes a side
   */
  public static List<Integer> of(int layers, int side, int least, NextSide next) {
    for (int ones = 0; ones < layers; ones++) {
      List<Integer> strides = halvingAfter(ones, layers);
      if (lastSide(strides, side, next) >= least) {
        return strides;
      }
    }
    return halvingAfter(layers, layers);
  }

  private static List<Integer> halvingAfter(int ones, int layers) {
    return IntStream.range(0, layers).mapToObj(i -> i < ones ? 1 : 2).toList();
  }

  private static int lastSide(List<Integer> strides, int side, NextSide next) {
    int last = side;
    for (int i = 0; i < strides.size(); i++) {
      last = next.of(i, strides.get(i), last);
    }
    return last;
  }
}
