package org.imageclustering.spark.adaptive;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.imageclustering.patch.MapShape;

/**
 * Small changes of an image that leave what it shows: shifts, flips, turns, other sizes and tones.
 * Pixels that come from outside repeat the edge.
 */
final class Changes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MapShape image;
  private final int shift;
  private final boolean flip;
  private final double turn;
  private final double zoom;
  private final double tone;

  private Changes(MapShape image, int shift, boolean flip, double turn, double zoom, double tone) {
    this.image = image;
    this.shift = shift;
    this.flip = flip;
    this.turn = turn;
    this.zoom = zoom;
    this.tone = tone;
  }

  /** Returns the changes that an option record asks for, of images of a shape. */
  static Changes of(Ranges ranges, MapShape image) {
    return new Changes(
        image, ranges.shift(), ranges.flip(), ranges.turn(), ranges.zoom(), ranges.tone());
  }

  /**
   * How far images are changed; every change is uniform between minus and plus its range.
   *
   * @param shift pixels, in both directions
   * @param flip whether left and right are swapped, every other time
   * @param turn degrees about the centre, in [0, 180]
   * @param zoom share of the size, in [0, 1)
   * @param tone what is added to each channel, of the range 0 to 1
   */
  record Ranges(int shift, boolean flip, double turn, double zoom, double tone) {
    Ranges {
      AdaptiveOptions.require("shift", shift, shift >= 0, "0 or more");
      AdaptiveOptions.require("turn", turn, turn >= 0 && turn <= 180, "0 to 180");
      AdaptiveOptions.require("zoom", zoom, zoom >= 0 && zoom < 1, "0 or more, less than 1");
      AdaptiveOptions.require("tone", tone, tone >= 0 && tone <= 1, "0 to 1");
    }
  }

  /**
   * Writes a changed image.
   *
   * @param from holds the image from {@code fromOffset}, in [0, 1]; not modified
   * @param to overwritten from {@code toOffset}
   */
  void write(float[] from, int fromOffset, float[] to, int toOffset, SplittableRandom random) {
    double down = turn == 0 && zoom == 0 ? whole(random) : shift * within(random);
    double right = turn == 0 && zoom == 0 ? whole(random) : shift * within(random);
    double side = flip && random.nextBoolean() ? -1 : 1;
    if (turn == 0 && zoom == 0) {
      copy(from, fromOffset, to, toOffset, (int) down, (int) right, side < 0);
    } else {
      double angle = Math.toRadians(turn * within(random));
      double scale = 1 / (1 + zoom * within(random));
      double[] map = {
        scale * Math.cos(angle), -side * scale * Math.sin(angle),
        scale * Math.sin(angle), side * scale * Math.cos(angle)
      };
      resample(from, fromOffset, to, toOffset, map, down, right);
    }
    if (tone > 0) {
      shade(to, toOffset, random);
    }
  }

  private int whole(SplittableRandom random) {
    return random.nextInt(2 * shift + 1) - shift;
  }

  private static double within(SplittableRandom random) {
    return 2 * random.nextDouble() - 1;
  }

  private void copy(
      float[] from, int fromOffset, float[] to, int toOffset, int down, int right, boolean mirror) {
    int height = image.height();
    int width = image.width();
    int channels = image.channels();
    for (int y = 0; y < height; y++) {
      int row = fromOffset + clamp(y + down, height) * width * channels;
      for (int x = 0; x < width; x++) {
        int column = clamp((mirror ? width - 1 - x : x) + right, width);
        int target = toOffset + (y * width + x) * channels;
        for (int c = 0; c < channels; c++) {
          to[target + c] = from[row + column * channels + c];
        }
      }
    }
  }

  /** Bilinear; {@code map} leads from a place about the centre to the place it comes from. */
  private void resample(
      float[] from,
      int fromOffset,
      float[] to,
      int toOffset,
      double[] map,
      double down,
      double right) {
    int height = image.height();
    int width = image.width();
    int channels = image.channels();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double v = y - (height - 1) / 2.0;
        double h = x - (width - 1) / 2.0;
        double row = map[0] * v + map[1] * h + (height - 1) / 2.0 + down;
        double column = map[2] * v + map[3] * h + (width - 1) / 2.0 + right;
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        float below = (float) (row - top);
        float beside = (float) (column - left);
        int upperRow = fromOffset + clamp(top, height) * width * channels;
        int lowerRow = fromOffset + clamp(top + 1, height) * width * channels;
        int leftColumn = clamp(left, width) * channels;
        int rightColumn = clamp(left + 1, width) * channels;
        int target = toOffset + (y * width + x) * channels;
        for (int c = 0; c < channels; c++) {
          float upper =
              (1 - beside) * from[upperRow + leftColumn + c]
                  + beside * from[upperRow + rightColumn + c];
          float lower =
              (1 - beside) * from[lowerRow + leftColumn + c]
                  + beside * from[lowerRow + rightColumn + c];
          to[target + c] = (1 - below) * upper + below * lower;
        }
      }
    }
  }

  private void shade(float[] to, int offset, SplittableRandom random) {
    int channels = image.channels();
    for (int c = 0; c < channels; c++) {
      float added = (float) (tone * within(random));
      for (int at = offset + c; at < offset + image.length(); at += channels) {
        to[at] = Math.max(0, Math.min(1, to[at] + added));
      }
    }
  }

  private static int clamp(int index, int length) {
    return Math.max(0, Math.min(length - 1, index));
  }
}
