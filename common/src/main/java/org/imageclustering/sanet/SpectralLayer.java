package org.imageclustering.sanet;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Projection;
import org.imageclustering.neighbours.CellIndex;
import org.imageclustering.neighbours.CellOptions;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.MapShape;
import org.imageclustering.patch.PatchGeometry;
import org.imageclustering.patch.UniqueRows;
import org.imageclustering.sanet.SpectralOptions.Embedding;

/**
 * A fitted spectral analysis layer (SA-Net, section 3.2 (1) and (2)): landmark windows with their
 * spectral features. A window that equals a landmark has the landmark's features; any other the
 * mean of those of its nearest landmarks; a window of zeros (a constant patch) has zeros, but in a
 * raw embedding, where it is a node like any other (docs/decisions/001 and 008).
 */
public final class SpectralLayer implements Layer {
  private static final long serialVersionUID = 2L;

  /** Windows looked up at a time: bounds the memory of a large batch. */
  private static final int WINDOWS_A_CHUNK = 65_536;

  private final MapLayout layout;
  private final boolean zerosAreNodes;
  private final Windows windows;
  private final NeighbourIndex landmarks;
  private final FloatMatrix features;
  private final int neighbours;

  /**
   * A layer of known landmarks.
   *
   * @param landmarks n windows, as {@code windows} gives them
   * @param features n x maps
   * @param origins one a map
   * @param neighbours number of landmarks whose features are averaged
   */
  SpectralLayer(
      SpectralOptions options,
      Windows windows,
      NeighbourIndex landmarks,
      FloatMatrix features,
      MapOrigin[] origins,
      int neighbours) {
    this.zerosAreNodes = options.embedding() == Embedding.RAW;
    this.windows = windows;
    this.landmarks = landmarks;
    this.features = features;
    this.neighbours = neighbours;
    PatchGeometry geometry = windows.geometry();
    MapShape output = new MapShape(geometry.rows(), geometry.columns(), features.columns());
    this.layout = new MapLayout(options.name(), output, origins);
  }

  private SpectralLayer(SpectralLayer other, NeighbourIndex landmarks, FloatMatrix features) {
    this.layout = other.layout;
    this.zerosAreNodes = other.zerosAreNodes;
    this.windows = other.windows;
    this.landmarks = landmarks;
    this.features = features;
    this.neighbours = other.neighbours;
  }

  /**
   * Returns a layer that keeps some of the landmarks, drawn by the seed, or itself where there are
   * no more than that: bounds what a model saves and every executor holds.
   */
  SpectralLayer thinned(int most, long seed) {
    int count = features.rows();
    if (count <= most) {
      return this;
    }
    int[] kept = new Random(seed).ints(0, count).distinct().limit(most).sorted().toArray();
    NeighbourIndex fewer = CellIndex.build(landmarks.points().select(kept), CellOptions.auto(seed));
    return new SpectralLayer(this, fewer, features.select(kept));
  }

  @Override
  public MapLayout layout() {
    return layout;
  }

  /** Returns where the windows lie. */
  public PatchGeometry geometry() {
    return windows.geometry();
  }

  /** Returns the landmark windows, n x dimensions, and a way to find the nearest. */
  public NeighbourIndex landmarks() {
    return landmarks;
  }

  /** Returns the landmarks' spectral features, n x maps. */
  public FloatMatrix features() {
    return features;
  }

  /** Returns the projection of windows before they are looked up, or null if there is none. */
  public Projection projection() {
    return windows.projection();
  }

  /** Returns the layer's arrays, from which {@link #restore} makes it again. */
  public Map<String, FloatMatrix> arrays() {
    Map<String, FloatMatrix> arrays = new LinkedHashMap<>();
    arrays.put("landmarks", landmarks.points());
    arrays.put("features", features);
    arrays.put("origins", MapOrigin.toMatrix(layout.origins()));
    if (windows.projection() != null) {
      arrays.put("projection", windows.projection().basis());
    }
    return arrays;
  }

  /**
   * Returns the layer that has these arrays.
   *
   * @param geometry of the windows
   * @param arrays as {@link #arrays()} gave them
   * @param seed of the index over the landmarks
   */
  public static SpectralLayer restore(
      SpectralOptions options,
      PatchGeometry geometry,
      Map<String, FloatMatrix> arrays,
      int neighbours,
      long seed) {
    FloatMatrix basis = arrays.get("projection");
    Projection projection = basis == null ? null : new Projection(basis);
    return new SpectralLayer(
        options,
        new Windows(geometry, options.centering(), projection),
        CellIndex.build(arrays.get("landmarks"), CellOptions.auto(seed)),
        arrays.get("features"),
        MapOrigin.ofMatrix(arrays.get("origins")),
        neighbours);
  }

  @Override
  public FeatureMaps apply(FeatureMaps maps) {
    FeatureMaps result = FeatureMaps.zeros(maps.count(), layout.shape());
    int step = Math.max(1, WINDOWS_A_CHUNK / windows.geometry().positions());
    for (int from = 0; from < maps.count(); from += step) {
      int until = Math.min(maps.count(), from + step);
      write(windows.of(maps, from, until), result.values(), result.offset(from));
    }
    return result;
  }

  private void write(FloatMatrix rows, float[] target, int offset) {
    UniqueRows unique = new UniqueRows(rows.columns());
    int[] query = new int[rows.rows()];
    for (int row = 0; row < rows.rows(); row++) {
      boolean skipped = !zerosAreNodes && isZero(rows, row);
      query[row] = skipped ? -1 : unique.add(rows.values(), rows.offset(row));
    }
    FloatMatrix found = featuresOf(unique.toMatrix());
    int channels = features.columns();
    for (int row = 0; row < rows.rows(); row++) {
      if (query[row] >= 0) {
        System.arraycopy(
            found.values(), found.offset(query[row]), target, offset + row * channels, channels);
      }
    }
  }

  private FloatMatrix featuresOf(FloatMatrix queries) {
    FloatMatrix found = FloatMatrix.zeros(queries.rows(), features.columns());
    int[] others = new int[queries.rows()];
    int count = 0;
    for (int row = 0; row < queries.rows(); row++) {
      int equal = landmarks.indexOf(queries.values(), queries.offset(row));
      if (equal >= 0) {
        addRow(equal, 1, found.values(), found.offset(row));
      } else {
        others[count++] = row;
      }
    }
    addNearest(queries, Arrays.copyOf(others, count), found);
    return found;
  }

  private void addNearest(FloatMatrix queries, int[] rows, FloatMatrix found) {
    if (rows.length == 0) {
      return;
    }
    int used = Math.min(neighbours, features.rows());
    Neighbours nearest = landmarks.search(queries.select(rows), used);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < used; j++) {
        addRow(nearest.ids()[i * used + j], 1f / used, found.values(), found.offset(rows[i]));
      }
    }
  }

  private void addRow(int landmark, float share, float[] target, int offset) {
    int source = features.offset(landmark);
    for (int c = 0; c < features.columns(); c++) {
      target[offset + c] += share * features.values()[source + c];
    }
  }

  static boolean isZero(FloatMatrix rows, int row) {
    int offset = rows.offset(row);
    for (int i = offset; i < offset + rows.columns(); i++) {
      if (rows.values()[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
