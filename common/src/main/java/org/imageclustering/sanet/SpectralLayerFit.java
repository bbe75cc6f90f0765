package org.imageclustering.sanet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.imageclustering.UserException;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.Parallel;
import org.imageclustering.linalg.Projection;
import org.imageclustering.neighbours.CellIndex;
import org.imageclustering.neighbours.CellOptions;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.patch.PatchGeometry;
import org.imageclustering.patch.UniqueRows;
import org.imageclustering.sanet.SpectralOptions.Embedding;
import org.imageclustering.sanet.SpectralOptions.Role;

/**
 * Fits one spectral analysis layer (SA-Net, section 3.2 (1), Eqs. 8 and 9): cuts the windows,
 * merges equal ones, joins each with its nearest, and takes for every procedure the eigenvectors of
 * the graph's normalised Laplacian.
 *
 * <p>Runs on the driver, but for the neighbour search that its context distributes. Memory: the
 * unique windows (n x dimensions floats), their neighbours (n x k x 8 bytes), one graph at a time
 * (2 n k x 8 bytes), and the eigensolver's basis.
 */
public final class SpectralLayerFit {
  /** Images whose windows are cut at a time, by one core. */
  private static final int IMAGES_A_CHUNK = 64;

  /** Images whose windows are cut before they are numbered. */
  private static final int IMAGES_A_ROUND = 1024;

  /** Windows that principal components are taken from. */
  private static final int PROJECTION_SAMPLE = 16_384;

  /**
   * Length of a row, in units of the mean one, below which it is rounding: the node is in a part of
   * the graph that only left-out null vectors live on.
   */
  private static final double LEAST_LENGTH = 1e-3;

  private final SpectralOptions options;
  private final int landmarkNeighbours;
  private final int landmarks;
  private final long seed;
  private final FitContext context;

  /**
   * A fit with these options.
   *
   * @param landmarkNeighbours see {@link SaNetOptions}
   * @param landmarks see {@link SaNetOptions}
   */
  public SpectralLayerFit(
      SpectralOptions options,
      int landmarkNeighbours,
      int landmarks,
      long seed,
      FitContext context) {
    this.options = options;
    this.landmarkNeighbours = landmarkNeighbours;
    this.landmarks = landmarks;
    this.seed = seed;
    this.context = context;
  }

  /**
   * Returns the layer fitted on a sample of images.
   *
   * @throws UserException if the patch is larger than the input, or there are too few different
   *     windows for the neighbours and eigenvectors asked for
   */
  public FittedLayer fit(FeatureMaps sample, Role role) {
    PatchGeometry geometry = options.geometry(sample.shape(), role);
    Windows windows = new Windows(geometry, options.centering(), projection(sample, geometry));
    int[] nodeOf = new int[Math.multiplyExact(sample.count(), geometry.positions())];
    FloatMatrix points = uniqueWindows(sample, windows, nodeOf);
    context.measure(options.name(), "windows", nodeOf.length);
    context.measure(options.name(), "unique", points.rows());
    requireEnough(points.rows());
    requireFinite(options.name(), points);
    NeighbourIndex index = CellIndex.build(points, CellOptions.auto(seed));
    Neighbours nearest = context.searchSelf(index, reach(points.rows()));
    LayerGraphs graphs = new LayerGraphs(options.name(), points, nearest, context);
    List<MapOrigin> origins = new ArrayList<>();
    int maps = options.eigenvectors(points.rows()) * options.procedures().size();
    FloatMatrix features = FloatMatrix.zeros(points.rows(), maps);
    for (int p = 0; p < options.procedures().size(); p++) {
      double[] eigenvalues = analyse(p, graphs, features);
      for (double eigenvalue : eigenvalues) {
        origins.add(new MapOrigin(p, eigenvalue));
      }
    }
    SpectralLayer layer =
        new SpectralLayer(
            options,
            windows,
            index,
            features,
            origins.toArray(new MapOrigin[0]),
            landmarkNeighbours);
    return new FittedLayer(layer.thinned(landmarks, seed), mapsOf(sample.count(), layer, nodeOf));
  }

  /** The maps of the sample itself, whose windows need no look-up. */
  private static FeatureMaps mapsOf(int images, SpectralLayer layer, int[] nodeOf) {
    FeatureMaps maps = FeatureMaps.zeros(images, layer.output());
    FloatMatrix features = layer.features();
    int channels = features.columns();
    for (int window = 0; window < nodeOf.length; window++) {
      if (nodeOf[window] >= 0) {
        int source = features.offset(nodeOf[window]);
        System.arraycopy(features.values(), source, maps.values(), window * channels, channels);
      }
    }
    return maps;
  }

  /** Returns the neighbours of a node that the procedures need, as many as there are. */
  private int reach(int nodes) {
    int most = AffinityOptions.SCALE_NEIGHBOUR;
    for (ProcedureOptions procedure : options.procedures()) {
      most = Math.max(most, procedure.affinity().reach());
    }
    return Math.min(most, nodes - 1);
  }

  private void requireEnough(int nodes) {
    int count = options.eigenvectors(nodes);
    int k = 1;
    for (ProcedureOptions procedure : options.procedures()) {
      k = procedure.affinity() instanceof AffinityOptions.Knn knn ? Math.max(k, knn.k()) : k;
    }
    int least = Math.max(k + 1, count + 2);
    if (nodes < least) {
      throw new UserException(
          "Cannot fit layer %s: found %d different windows that are not constant, expected at least %d for k = %d and %d eigenvectors"
              .formatted(options.name(), nodes, least, k, count));
    }
    for (ProcedureOptions procedure : options.procedures()) {
      procedure.requireServes(nodes, count + trivial());
    }
  }

  /** Returns the number of leading eigenvectors that are no features. */
  private int trivial() {
    return options.embedding() == Embedding.UNIT ? 1 : 0;
  }

  private static void requireFinite(String layer, FloatMatrix points) {
    for (int at = 0; at < points.values().length; at++) {
      if (!Float.isFinite(points.values()[at])) {
        throw new UserException(
            "Cannot fit layer %s: found %s in number %d of different window %d, expected finite numbers"
                .formatted(
                    layer, points.values()[at], at % points.columns(), at / points.columns()));
      }
    }
  }

  private Projection projection(FeatureMaps sample, PatchGeometry geometry) {
    int dimensions = options.projection();
    if (dimensions == 0 || dimensions >= geometry.length()) {
      return null;
    }
    Windows plain = new Windows(geometry, options.centering(), null);
    long all = (long) sample.count() * geometry.positions();
    int count = (int) Math.min(all, PROJECTION_SAMPLE);
    FloatMatrix rows = FloatMatrix.zeros(count, geometry.length());
    Random random = new Random(seed);
    int taken = 0;
    // Selection sampling (Knuth, volume 2, 3.4.2, algorithm S): no window is drawn twice.
    for (long window = 0; taken < count; window++) {
      if ((all - window) * random.nextDouble() < count - taken) {
        int image = (int) (window / geometry.positions());
        int position = (int) (window % geometry.positions());
        plain.cut(sample, image, position, rows.values(), rows.offset(taken++));
      }
    }
    return Projection.fit(rows, dimensions, seed);
  }

  /**
   * Numbers the different windows of the sample; {@code nodeOf} gets -1 for one that is no node.
   */
  private FloatMatrix uniqueWindows(FeatureMaps sample, Windows windows, int[] nodeOf) {
    UniqueRows unique = new UniqueRows(windows.dimensions());
    boolean zerosAreNodes = options.embedding() == Embedding.RAW;
    int window = 0;
    for (int from = 0; from < sample.count(); from += IMAGES_A_ROUND) {
      for (FloatMatrix rows : cut(sample, windows, from)) {
        for (int row = 0; row < rows.rows(); row++) {
          boolean node = zerosAreNodes || !SpectralLayer.isZero(rows, row);
          nodeOf[window++] = node ? unique.add(rows.values(), rows.offset(row)) : -1;
        }
      }
    }
    return unique.toMatrix();
  }

  private static FloatMatrix[] cut(FeatureMaps sample, Windows windows, int from) {
    int length = Math.min(IMAGES_A_ROUND, sample.count() - from);
    FloatMatrix[] cut = new FloatMatrix[Parallel.chunks(length, IMAGES_A_CHUNK)];
    Parallel.forChunks(
        length,
        IMAGES_A_CHUNK,
        (chunk, first, until) -> cut[chunk] = windows.of(sample, from + first, from + until));
    return cut;
  }

  /** Writes the features of one procedure into its columns; returns their eigenvalues. */
  private double[] analyse(int number, LayerGraphs graphs, FloatMatrix features) {
    int count = options.eigenvectors(features.rows());
    ProcedureOptions procedure = options.procedures().get(number);
    ProcedureFit fit = new ProcedureFit(options.name(), procedure, graphs, context);
    ProcedureFit.Vectors vectors = fit.vectors(count, trivial(), seed);
    double least =
        vectors.nullVectors() > 1 ? LEAST_LENGTH * Math.sqrt(count / (double) features.rows()) : 0;
    int first = number * count;
    for (int node = 0; node < features.rows(); node++) {
      writeRow(vectors.columns(), node, least, features, first);
    }
    return vectors.eigenvalues();
  }

  private void writeRow(
      FloatMatrix vectors, int node, double least, FloatMatrix features, int first) {
    int count = options.eigenvectors(features.rows());
    int source = vectors.offset(node) + vectors.columns() - count;
    double factor = 1;
    if (options.embedding() == Embedding.UNIT) {
      double square = 0;
      for (int i = 0; i < count; i++) {
        square += (double) vectors.values()[source + i] * vectors.values()[source + i];
      }
      factor = square > least * least ? 1 / Math.sqrt(square) : 0;
    }
    int target = features.offset(node) + first;
    for (int i = 0; factor > 0 && i < count; i++) {
      features.values()[target + i] = (float) (factor * vectors.values()[source + i]);
    }
  }
}
