package org.imageclustering.descriptor;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.Serializable;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.patch.MapShape;

/**
 * The options of {@link Hog}. A class and not a record, because it travels to the executors.
 *
 * <p>Without a size of its own a cell is derived from the image: a seventh of the square root of
 * its area, so that 28 x 28 pixels have 7 x 7 cells of 4 x 4 pixels; at least 2 pixels, and at most
 * half of the shorter side, so that there is a block. Those of the second of several views are a
 * quarter of it.
 */
public final class HogOptions implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String AUTO = "auto";
  private static final int CELLS_OF_A_SIDE = 7;
  private static final int COARSE_CELLS_OF_A_SIDE = 4;
  private static final int LEAST_CELL = 2;

  private final int cell;
  private final int coarseCell;
  private final int bins;
  private final double clip;
  private final boolean deskew;

  /**
   * Checks the values.
   *
   * @param cell side in pixels, at least 2; 0: derived from the image
   * @param coarseCell the same for the second of several views
   * @param bins orientations over 180 degrees, 2 to 90
   * @param clip the largest entry of a block before it is normalised again, above 0, at most 1
   * @param deskew whether images are made upright before (see {@link Deskew})
   * @throws UserException naming the option that is out of its range
   */
  public HogOptions(int cell, int coarseCell, int bins, double clip, boolean deskew) {
    Options.require(
        cell == 0 || cell >= LEAST_CELL, "hog.cell", cell, "auto, or at least " + LEAST_CELL);
    Options.require(
        coarseCell == 0 || coarseCell >= LEAST_CELL,
        "hog.coarse-cell",
        coarseCell,
        "auto, or at least " + LEAST_CELL);
    Options.require(bins >= 2 && bins <= 90, "hog.bins", bins, "2 to 90");
    Options.require(clip > 0 && clip <= 1, "hog.clip", clip, "a number above 0 and at most 1");
    this.cell = cell;
    this.coarseCell = coarseCell;
    this.bins = bins;
    this.clip = clip;
    this.deskew = deskew;
  }

  /** Returns the defaults, which are those of {@code reference.conf}. */
  public static HogOptions defaults() {
    return new HogOptions(0, 0, 9, 0.2, false);
  }

  /**
   * Returns the options of the section {@code hog}.
   *
   * @throws UserException naming the option that is missing, of another type or out of its range
   */
  public static HogOptions of(Config section) {
    try {
      return new HogOptions(
          cell(section, "cell"),
          cell(section, "coarse-cell"),
          section.getInt("bins"),
          section.getDouble("clip"),
          section.getBoolean("deskew"));
    } catch (ConfigException e) {
      throw new UserException("Cannot read the section hog: " + e.getMessage(), e);
    }
  }

  private static int cell(Config section, String key) {
    return section.getString(key).equals(AUTO) ? 0 : section.getInt(key);
  }

  /** Returns the number of orientations. */
  public int bins() {
    return bins;
  }

  /** Returns the largest entry of a block before it is normalised again. */
  public double clip() {
    return clip;
  }

  /** Returns whether images are made upright before. */
  public boolean deskew() {
    return deskew;
  }

  /**
   * Returns the side of a cell in images of this shape.
   *
   * @throws UserException if not even one block of 2 x 2 cells fits
   */
  public int cellIn(MapShape image) {
    return fitting("hog.cell", cell, CELLS_OF_A_SIDE, image);
  }

  /**
   * Returns the side of a cell of the second of several views in images of this shape.
   *
   * @throws UserException if not even one block of 2 x 2 cells fits
   */
  public int coarseCellIn(MapShape image) {
    return fitting("hog.coarse-cell", coarseCell, COARSE_CELLS_OF_A_SIDE, image);
  }

  private static int fitting(String key, int given, int cellsOfASide, MapShape image) {
    int shorter = Math.min(image.height(), image.width());
    int side = given;
    if (given == 0) {
      int derived = (int) (Math.sqrt((double) image.height() * image.width()) / cellsOfASide);
      side = Math.max(LEAST_CELL, Math.min(derived, shorter / 2));
    }
    if (2 * side > shorter) {
      throw new UserException(
          "Cannot use %s: found cells of %d pixels in images of %s, expected at most half of the shorter side (at least 4 pixels)"
              .formatted(key, side, image));
    }
    return side;
  }
}
