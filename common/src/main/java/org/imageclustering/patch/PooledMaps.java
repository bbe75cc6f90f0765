package org.imageclustering.patch;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Non-negative maps of an image, made smaller by max-pooling and sparse by keeping the largest
 * cells of each map alone: the visual elements that an image has (winner-take-all co-clustering,
 * section III). Squares are clipped at the border; a cell that is not above 0 is never kept; of
 * equal cells the one that comes first is.
 */
public final class PooledMaps implements Serializable {
  private static final long serialVersionUID = 1L;

  private final MapShape maps;
  private final MapShape pooled;
  private final int size;
  private final int kept;

  private PooledMaps(MapShape maps, MapShape pooled, int size, int kept) {
    this.maps = maps;
    this.pooled = pooled;
    this.size = size;
    this.kept = kept;
  }

  /**
   * Returns the pooling of maps of one shape.
   *
   * @param size rows and columns of a square, at least 1
   * @param share of each map's cells that are kept, above 0, at most 1; at least one cell
   * @throws IllegalArgumentException if an argument is out of its range
   */
  public static PooledMaps of(MapShape maps, int size, double share) {
    if (size < 1 || !(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "Cannot pool by %d and keep a share of %s: expected 1 or more, and above 0 to 1"
              .formatted(size, share));
    }
    MapShape pooled = pooled(maps, size);
    int kept = Math.max(1, (int) Math.round(share * pooled.height() * pooled.width()));
    return new PooledMaps(maps, pooled, size, kept);
  }

  /** Returns the pooling that keeps so many cells of each map: what {@link #of} gave before. */
  public static PooledMaps keeping(MapShape maps, int size, int kept) {
    return new PooledMaps(maps, pooled(maps, size), size, kept);
  }

  private static MapShape pooled(MapShape maps, int size) {
    return new MapShape(
        (maps.height() + size - 1) / size, (maps.width() + size - 1) / size, maps.channels());
  }

  /** Returns the shape of the maps that enter. */
  public MapShape input() {
    return maps;
  }

  /** Returns the rows and columns of a square. */
  public int size() {
    return size;
  }

  /** Returns the shape of the pooled maps. */
  public MapShape output() {
    return pooled;
  }

  /** Returns the number of cells of a map that are kept. */
  public int kept() {
    return kept;
  }

  /**
   * Returns the pooled maps, zero but for the cells that are kept: height x width x channels.
   *
   * @param values hold an image's maps from {@code offset}; not modified
   */
  public float[] of(float[] values, int offset) {
    float[] cells = pool(values, offset);
    int count = pooled.height() * pooled.width();
    if (kept < count) {
      for (int map = 0; map < pooled.channels(); map++) {
        keepInPlace(cells, map, count);
      }
    }
    return cells;
  }

  private float[] pool(float[] values, int offset) {
    int channels = maps.channels();
    float[] cells = new float[pooled.length()];
    for (int y = 0; y < maps.height(); y++) {
      for (int x = 0; x < maps.width(); x++) {
        int from = offset + (y * maps.width() + x) * channels;
        int to = (y / size * pooled.width() + x / size) * channels;
        for (int map = 0; map < channels; map++) {
          cells[to + map] = Math.max(cells[to + map], values[from + map]);
        }
      }
    }
    return cells;
  }

  /** Sets all cells of a map to 0 but the largest. */
  private void keepInPlace(float[] cells, int map, int count) {
    float[] sorted = new float[count];
    for (int cell = 0; cell < count; cell++) {
      sorted[cell] = cells[cell * pooled.channels() + map];
    }
    Arrays.sort(sorted);
    float least = sorted[count - kept];
    int equal = 0;
    for (int i = count - kept; i < count && sorted[i] == least; i++) {
      equal++;
    }
    for (int cell = 0; cell < count; cell++) {
      int at = cell * pooled.channels() + map;
      if (cells[at] < least || (cells[at] == least && equal-- <= 0)) {
        cells[at] = 0;
      }
    }
  }
}
