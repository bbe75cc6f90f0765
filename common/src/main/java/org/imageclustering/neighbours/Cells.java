package org.imageclustering.neighbours;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.partition.KMeans;

/** Points cut into cells: k-means on a sample, then every point to its nearest centre. */
final class Cells {
  private static final int SAMPLE_PER_CELL = 40;
  private static final int ITERATIONS = 6;

  /** A cell of more than this many times the mean size is split. */
  private static final int OVERSIZE = 4;

  private final FloatMatrix centres;
  private final int[] order;
  private final int[] starts;

  private Cells(FloatMatrix centres, int[] order, int[] starts) {
    this.centres = centres;
    this.order = order;
    this.starts = starts;
  }

  /** Returns the centres, c x d. */
  FloatMatrix centres() {
    return centres;
  }

  /** Returns the points' identifiers cell by cell, ascending within a cell. */
  int[] order() {
    return order;
  }

  /** Returns where each cell starts in the order, c + 1 entries. */
  int[] starts() {
    return starts;
  }

  /** Returns each point's cell, n entries. */
  int[] cellOf() {
    int[] cellOf = new int[order.length];
    for (int cell = 0; cell < centres.rows(); cell++) {
      for (int position = starts[cell]; position < starts[cell + 1]; position++) {
        cellOf[order[position]] = cell;
      }
    }
    return cellOf;
  }

  /** Returns about {@code count} cells: more where oversized ones are split. */
  static Cells cut(FloatMatrix points, int count, long seed) {
    FloatMatrix centres = train(points, count, seed);
    Cells cells = group(centres, KMeans.assign(points, centres));
    int limit = Math.toIntExact((long) OVERSIZE * points.rows() / count + 1);
    return cells.largest() <= limit ? cells : cells.split(points, limit, seed);
  }

  private static FloatMatrix train(FloatMatrix points, int count, long seed) {
    int size = (int) Math.min(points.rows(), (long) SAMPLE_PER_CELL * count);
    FloatMatrix sample = points;
    if (size < points.rows()) {
      int[] drawn =
          new SplittableRandom(seed).ints(0, points.rows()).distinct().limit(size).toArray();
      Arrays.sort(drawn);
      sample = points.select(drawn);
    }
    return KMeans.fit(sample, new KMeans.Options(count, ITERATIONS, 1, seed)).centres();
  }

  private static Cells group(FloatMatrix centres, int[] cellOf) {
    int[] starts = new int[centres.rows() + 1];
    for (int cell : cellOf) {
      starts[cell + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    int[] order = new int[cellOf.length];
    for (int i = 0; i < cellOf.length; i++) {
      order[next[cellOf[i]]++] = i;
    }
    return new Cells(centres, order, starts);
  }

  private int largest() {
    return IntStream.range(0, centres.rows()).map(this::size).max().orElse(0);
  }

  private int size(int cell) {
    return starts[cell + 1] - starts[cell];
  }

  /** Cuts each oversized cell by k-means, and what that cannot cut (equal points) by number. */
  private Cells split(FloatMatrix points, int limit, long seed) {
    Pieces pieces = new Pieces(points.columns());
    for (int cell = 0; cell < centres.rows(); cell++) {
      int[] members = Arrays.copyOfRange(order, starts[cell], starts[cell + 1]);
      if (members.length <= limit) {
        pieces.add(centres.row(cell), members);
      } else {
        int parts = 2 * ((members.length + limit - 1) / limit);
        Cells inner = cut(points, members, parts, seed);
        for (int part = 0; part < parts; part++) {
          inner.addPieces(part, members, limit, pieces);
        }
      }
    }
    return pieces.cells();
  }

  private static Cells cut(FloatMatrix points, int[] members, int parts, long seed) {
    FloatMatrix inside = points.select(members);
    FloatMatrix centres = train(inside, parts, seed);
    return group(centres, KMeans.assign(inside, centres));
  }

  private void addPieces(int part, int[] members, int limit, Pieces pieces) {
    for (int from = starts[part]; from < starts[part + 1]; from += limit) {
      int until = Math.min(starts[part + 1], from + limit);
      pieces.add(
          centres.row(part), Arrays.stream(order, from, until).map(i -> members[i]).toArray());
    }
  }

  /** Cells that are put together one by one. */
  private static final class Pieces {
    private final int dimensions;
    private final List<float[]> centres = new ArrayList<>();
    private final List<int[]> members = new ArrayList<>();

    Pieces(int dimensions) {
      this.dimensions = dimensions;
    }

    void add(float[] centre, int[] ids) {
      centres.add(centre);
      members.add(ids);
    }

    Cells cells() {
      int[] starts = new int[members.size() + 1];
      FloatMatrix joined = FloatMatrix.zeros(members.size(), dimensions);
      for (int c = 0; c < members.size(); c++) {
        starts[c + 1] = starts[c] + members.get(c).length;
        System.arraycopy(centres.get(c), 0, joined.values(), joined.offset(c), dimensions);
      }
      int[] order = members.stream().flatMapToInt(Arrays::stream).toArray();
      return new Cells(joined, order, starts);
    }
  }
}
