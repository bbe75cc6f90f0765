package org.imageclustering.sanet;

import java.util.Arrays;
import java.util.Locale;
import org.imageclustering.UserException;
import org.imageclustering.affinity.KernelEigenvectors;
import org.imageclustering.graph.Components;
import org.imageclustering.graph.Connectivity;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.GraphEigenvectors;
import org.imageclustering.graph.GraphRepair;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.sanet.AffinityOptions.Knn;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.EigenSolver;
import org.imageclustering.spectral.KernelSpectrum;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one spectral analysis procedure: from its affinity to its eigenvectors (Algorithm 1). */
final class ProcedureFit {
  private static final Logger LOG = LoggerFactory.getLogger(ProcedureFit.class);

  /** Above it eigenvectors are approximate enough to be told; the matrix has norm 1. */
  private static final double LARGE_RESIDUAL = 0.1;

  private final ProcedureOptions options;
  private final LayerGraphs graphs;
  private final FitContext context;
  private final String stage;

  ProcedureFit(String layer, ProcedureOptions options, LayerGraphs graphs, FitContext context) {
    this.options = options;
    this.graphs = graphs;
    this.context = context;
    this.stage = layer + "." + options.name();
  }

  /** What a procedure gives. */
  static final class Vectors {
    private final FloatMatrix columns;
    private final double[] eigenvalues;
    private final int nullVectors;

    private Vectors(FloatMatrix columns, double[] eigenvalues, int nullVectors) {
      this.columns = columns;
      this.eigenvalues = eigenvalues;
      this.nullVectors = nullVectors;
    }

    /** Returns eigenvectors of the Laplacian; the wanted ones are the last columns. */
    FloatMatrix columns() {
      return columns;
    }

    /** Returns the wanted ones' eigenvalues, ascending. */
    double[] eigenvalues() {
      return eigenvalues;
    }

    /** Returns how many null vectors a broken graph lost; 0 for a connected one. */
    int nullVectors() {
      return nullVectors;
    }
  }

  /**
   * Returns the eigenvectors of the Laplacian, smallest eigenvalues first.
   *
   * @param count how many are wanted
   * @param trivial how many leading ones are computed and not wanted: 0 or 1
   */
  Vectors vectors(int count, int trivial, long seed) {
    return options.affinity().isDense()
        ? ofKernel(count, trivial, seed)
        : ofGraph(count, trivial, seed);
  }

  private Vectors ofKernel(int count, int trivial, long seed) {
    KernelEigenvectors method = options.solver().ofKernel();
    KernelSpectrum spectrum =
        context.withProducts(
            graphs.kernel(options), products -> method.largest(products, count + trivial, seed));
    return vectors(spectrum.pairs(), spectrum.degrees(), count, 0);
  }

  private Vectors ofGraph(int count, int trivial, long seed) {
    CsrGraph graph = graphs.graph(options);
    int components = Components.count(graph);
    int left = components;
    context.measure(stage, "edges", graph.nonZeros() / 2);
    context.measure(stage, "components", components);
    if (components > 1 && options.connect() == Connectivity.REFUSE) {
      throw broken(components);
    }
    if (components > 1 && options.connect() == Connectivity.REPAIR) {
      graph = GraphRepair.connected(graph, graphs.points());
      context.measure(stage, "joined", components - 1);
      left = 1;
    }
    boolean without = components > 1 && options.connect() == Connectivity.ACCEPT;
    context.measure(stage, "null vectors dropped", without ? components : trivial);
    EigenPairs pairs =
        without
            ? GraphEigenvectors.withoutNullVectors(solver(), graph, count, seed)
            : leading(graph, left, count, trivial, seed);
    return vectors(pairs, graph.degrees(), count, without ? components : 0);
  }

  /** The trivial vector comes first where the graph is connected; else it is not told apart. */
  private EigenPairs leading(CsrGraph graph, int components, int count, int trivial, long seed) {
    return components > 1 && trivial == 1
        ? GraphEigenvectors.withoutTrivial(solver(), graph, count, seed)
        : GraphEigenvectors.largest(solver(), graph, count + trivial, seed);
  }

  private EigenSolver solver() {
    return options.solver().ofGraph(context.solver());
  }

  private Vectors vectors(EigenPairs pairs, double[] degrees, int count, int nullVectors) {
    double residual = Arrays.stream(pairs.residuals()).max().orElse(0);
    context.measure(stage, "residual", residual);
    if (residual > LARGE_RESIDUAL) {
      LOG.warn(
          "{}: residuals of the eigenvectors reach {}; more columns or iterations lower them",
          stage,
          String.format(Locale.ROOT, "%.3f", residual));
    }
    FloatMatrix columns = options.laplacian().vectors(pairs, degrees);
    return new Vectors(columns, eigenvalues(pairs, count), nullVectors);
  }

  private static double[] eigenvalues(EigenPairs pairs, int count) {
    int first = pairs.values().length - count;
    double[] eigenvalues = new double[count];
    for (int i = 0; i < count; i++) {
      eigenvalues[i] = 1 - pairs.values()[first + i];
    }
    return eigenvalues;
  }

  private UserException broken(int components) {
    String wider = options.affinity() instanceof Knn ? "a larger k" : "epsilon of 1 or more";
    return new UserException(
        "Cannot use the graph of %s: found %d components, expected one because %s.connect = refuse; %s joins more, connect = repair joins them by their nearest pairs"
            .formatted(stage, components, options.name(), wider));
  }
}
