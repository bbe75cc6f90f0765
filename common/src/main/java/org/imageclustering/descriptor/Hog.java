package org.imageclustering.descriptor;

import java.io.Serializable;
import org.imageclustering.patch.MapShape;

/**
 * Histograms of oriented gradients (Dalal and Triggs 2005) of images of one shape:
 *
 * <ol>
 *   <li>the gradient of every pixel by central differences, in colour that of the channel where it
 *       is longest; the border's pixels repeat beyond it;
 *   <li>each gradient votes with its length for the two nearest of the unsigned orientations (0 to
 *       180 degrees) in the four nearest cells, shared linearly;
 *   <li>each 2 x 2 cells, in steps of one cell, are normalised together: {@code v / sqrt(|v|² +
 *       eps²)}, entries cut to {@code clip}, normalised again (L2-hys).
 * </ol>
 *
 * <p>Cells are laid from the middle of the image; pixels of the rim that fill no cell vote for the
 * nearest ones. Immutable, safe for many threads; O(pixels) an image.
 */
public final class Hog implements ImageView {
  private static final long serialVersionUID = 1L;

  private static final int BLOCK = 2;

  /** A hundredth of what strong edges give: fainter blocks are not blown up to full length. */
  private static final double EPSILON = 0.1;

  private final MapShape shape;
  private final HogOptions options;
  private final int rows;
  private final int columns;
  private final Axis vertical;
  private final Axis horizontal;

  /**
   * A descriptor for images of this shape.
   *
   * @throws org.imageclustering.UserException if the cells do not fit the images
   */
  public Hog(HogOptions options, MapShape shape) {
    this(options, shape, options.cellIn(shape));
  }

  /**
   * A descriptor with cells of its own.
   *
   * @param cell side of a cell in pixels, at most half of the shorter side
   */
  Hog(HogOptions options, MapShape shape, int cell) {
    this.shape = shape;
    this.options = options;
    this.rows = shape.height() / cell;
    this.columns = shape.width() / cell;
    this.vertical = new Axis(shape.height(), cell);
    this.horizontal = new Axis(shape.width(), cell);
  }

  /**
   * Returns the number of entries: (rows - 1) (columns - 1) 4 bins, for cells in rows x columns.
   */
  @Override
  public int length() {
    return (rows - 1) * (columns - 1) * BLOCK * BLOCK * options.bins();
  }

  /**
   * Returns the descriptor of an image; every block has a length of at most 1, blank ones are zero.
   *
   * @param values height x width x channels in [0, 1], HWC; not modified
   */
  @Override
  public float[] of(float[] values) {
    float[] upright =
        options.deskew()
            ? Deskew.of(values, shape.height(), shape.width(), shape.channels())
            : values;
    return normalised(votes(upright));
  }

  /** Returns the histograms, rows x columns x bins. */
  private double[] votes(float[] image) {
    double[] cells = new double[rows * columns * options.bins()];
    double[] gradient = new double[2];
    for (int y = 0; y < shape.height(); y++) {
      for (int x = 0; x < shape.width(); x++) {
        double length = gradient(image, y, x, gradient);
        if (length > 0) {
          vote(cells, y, x, length, orientation(gradient));
        }
      }
    }
    return cells;
  }

  /** Writes the longest channel's gradient (down, right) and returns its length. */
  private double gradient(float[] image, int y, int x, double[] gradient) {
    int channels = shape.channels();
    int width = shape.width();
    int above = (Math.max(y - 1, 0) * width + x) * channels;
    int below = (Math.min(y + 1, shape.height() - 1) * width + x) * channels;
    int left = (y * width + Math.max(x - 1, 0)) * channels;
    int right = (y * width + Math.min(x + 1, width - 1)) * channels;
    double longest = 0;
    for (int c = 0; c < channels; c++) {
      double down = image[below + c] - image[above + c];
      double across = image[right + c] - image[left + c];
      double square = down * down + across * across;
      if (square > longest) {
        longest = square;
        gradient[0] = down;
        gradient[1] = across;
      }
    }
    return Math.sqrt(longest);
  }

  /** Returns the place among the bins, in [0, bins). */
  private double orientation(double[] gradient) {
    double half = Math.atan2(gradient[0], gradient[1]) / Math.PI;
    double unsigned = half < 0 ? half + 1 : half;
    return unsigned >= 1 ? 0 : unsigned * options.bins();
  }

  private void vote(double[] cells, int y, int x, double length, double orientation) {
    int bins = options.bins();
    double place = orientation - 0.5;
    int floor = (int) Math.floor(place);
    double upper = place - floor;
    int low = floor < 0 ? bins - 1 : floor;
    int high = floor + 1 == bins ? 0 : floor + 1;
    for (int i = 0; i < 2; i++) {
      double down = length * vertical.share(y, i);
      for (int j = 0; down > 0 && j < 2; j++) {
        double weight = down * horizontal.share(x, j);
        if (weight > 0) {
          int cell = (vertical.cell(y, i) * columns + horizontal.cell(x, j)) * bins;
          cells[cell + low] += weight * (1 - upper);
          cells[cell + high] += weight * upper;
        }
      }
    }
  }

  private float[] normalised(double[] cells) {
    float[] descriptor = new float[length()];
    double[] block = new double[BLOCK * BLOCK * options.bins()];
    int at = 0;
    for (int row = 0; row + 1 < rows; row++) {
      for (int column = 0; column + 1 < columns; column++) {
        gather(cells, row, column, block);
        scale(block);
        for (int e = 0; e < block.length; e++) {
          block[e] = Math.min(block[e], options.clip());
        }
        scale(block);
        for (double value : block) {
          descriptor[at++] = (float) value;
        }
      }
    }
    return descriptor;
  }

  private void gather(double[] cells, int row, int column, double[] block) {
    int bins = options.bins();
    for (int i = 0; i < BLOCK; i++) {
      int from = ((row + i) * columns + column) * bins;
      System.arraycopy(cells, from, block, i * BLOCK * bins, BLOCK * bins);
    }
  }

  private static void scale(double[] block) {
    double square = EPSILON * EPSILON;
    for (double value : block) {
      square += value * value;
    }
    double length = Math.sqrt(square);
    for (int e = 0; e < block.length; e++) {
      block[e] /= length;
    }
  }

  /** For each pixel along one side the two nearest cells and its shares in them. */
  private static final class Axis implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] lower;
    private final double[] upperShare;
    private final int cells;

    Axis(int side, int cell) {
      this.cells = side / cell;
      this.lower = new int[side];
      this.upperShare = new double[side];
      double rim = (side - cells * cell) / 2.0;
      for (int p = 0; p < side; p++) {
        double place = (p + 0.5 - rim) / cell - 0.5;
        place = Math.max(-0.5, Math.min(cells - 0.5, place));
        lower[p] = (int) Math.floor(place);
        upperShare[p] = place - lower[p];
      }
    }

    int cell(int pixel, int which) {
      return lower[pixel] + which;
    }

    /** Returns the share of a cell; 0 where it is outside the image. */
    double share(int pixel, int which) {
      int cell = lower[pixel] + which;
      if (cell < 0 || cell >= cells) {
        return 0;
      }
      return which == 0 ? 1 - upperShare[pixel] : upperShare[pixel];
    }
  }
}
