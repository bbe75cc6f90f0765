package org.imageclustering.spark.graph;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.spectral.ChebyshevFilter;
import org.imageclustering.spectral.LocalSubspace;
import org.imageclustering.spectral.RandomRows;
import org.imageclustering.spectral.RowPart;
import org.imageclustering.spectral.Subspace;
import org.imageclustering.spectral.SymmetricOperator;
import scala.Tuple2;

/**
 * What tasks do with the panels and the parts of a {@link DistributedSubspace}. Panels and parts
 * that they are given may be stored: they are not written to.
 *
 * @param layout of the block
 * @param matrix on every executor
 * @param threads of a task, at least 1
 */
record BlockTasks(BlockLayout layout, Broadcast<SymmetricOperator> matrix, int threads)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Returns a panel whose columns from this one of the block on are random. */
  float[] randomised(int panel, int from, long seed, float[] old) {
    int panelWidth = layout.panelWidth(panel);
    float[] values = from == 0 ? layout.newPanel(panel) : old.clone();
    float[] numbers = new float[layout.width()];
    RandomRows rows = new RandomRows(seed);
    for (int row = 0; row < layout.n(); row++) {
      rows.draw(row, numbers);
      for (int c = layout.ofFirst(from, panel); c < panelWidth; c++) {
        values[row * panelWidth + c] = numbers[layout.column(panel, c)];
      }
    }
    return values;
  }

  /** Returns a panel whose columns from this one of the block on are filtered. */
  float[] filtered(int panel, ChebyshevFilter filter, int first, float[] old) {
    return Parallel.within(
        threads,
        () -> {
          float[] values = old.clone();
          columns(panel, values).filter(filter, layout.ofFirst(first, panel));
          return values;
        });
  }

  /** Returns the residuals of those of the block's first columns that a panel has. */
  double[] residuals(int panel, double[] values, float[] panelValues) {
    double[] own = new double[layout.ofFirst(values.length, panel)];
    Arrays.setAll(own, c -> values[layout.column(panel, c)]);
    return Parallel.within(threads, () -> columns(panel, panelValues).residuals(own));
  }

  private LocalSubspace columns(int panel, float[] values) {
    return new LocalSubspace(matrix.value(), layout.panelWidth(panel), values);
  }

  /** Returns a panel and its product with the matrix, cut into parts of rows. */
  Iterator<Tuple2<Integer, Slice>> cut(int panel, float[] values) {
    float[] image = Parallel.within(threads, () -> columns(panel, values).image());
    return IntStream.range(0, layout.parts())
        .mapToObj(
            part ->
                new Tuple2<>(
                    part,
                    new Slice(
                        panel,
                        layout.slice(values, panel, part),
                        layout.slice(image, panel, part))))
        .iterator();
  }

  /** Returns the parts that the slices of all panels make up, in their order. */
  Iterator<Rows> parts(Iterator<Tuple2<Integer, Slice>> slices) {
    Map<Integer, float[]> values = new TreeMap<>();
    Map<Integer, float[]> images = new TreeMap<>();
    while (slices.hasNext()) {
      Tuple2<Integer, Slice> next = slices.next();
      Slice slice = next._2();
      layout.toPart(slice.values, slice.number, values.computeIfAbsent(next._1(), this::room));
      layout.toPart(slice.image, slice.number, images.computeIfAbsent(next._1(), this::room));
    }
    List<Integer> complete = new ArrayList<>(values.keySet());
    return Parallel.within(
            threads,
            () ->
                complete.parallelStream()
                    .map(part -> new Rows(part, values.get(part), shares(values, images, part)))
                    .toList())
        .iterator();
  }

  private float[] room(int part) {
    return new float[layout.rows(part) * layout.width()];
  }

  private Subspace.Projections shares(
      Map<Integer, float[]> values, Map<Integer, float[]> images, int part) {
    return RowPart.projections(values.get(part), images.get(part), layout.width());
  }

  /** Returns the rotated rows of a part, cut into panels. */
  Iterator<Tuple2<Integer, Slice>> rotated(Rows rows, float[] rotation) {
    float[] product = RowPart.times(rows.values, layout.width(), rotation);
    return IntStream.range(0, layout.panels())
        .mapToObj(p -> new Tuple2<>(p, new Slice(rows.part, layout.fromPart(product, p), null)))
        .iterator();
  }

  /** Returns the panel that the slices of all parts make up. */
  float[] panel(int panel, Iterator<Tuple2<Integer, Slice>> slices) {
    float[] values = layout.newPanel(panel);
    while (slices.hasNext()) {
      Slice slice = slices.next()._2();
      layout.toPanel(slice.values, panel, slice.number, values);
    }
    return values;
  }

  /** Some rows of some columns on their way. */
  static final class Slice implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of the panel, or the part, that it comes from. */
    private final int number;

    private final byte[] values;

    /** The same rows and columns of the block's product with the matrix; null where unwanted. */
    private final byte[] image;

    Slice(int number, byte[] values, byte[] image) {
      this.number = number;
      this.values = values;
      this.image = image;
    }
  }

  /** A part of the block's rows, with all columns, and its share of the sums over rows. */
  static final class Rows implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int part;
    private final float[] values;
    private final Subspace.Projections shares;

    Rows(int part, float[] values, Subspace.Projections shares) {
      this.part = part;
      this.values = values;
      this.shares = shares;
    }

    Subspace.Projections shares() {
      return shares;
    }
  }
}
