package org.imageclustering.affinity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.imageclustering.affinity.Blobs.CENTRES;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.imageclustering.UserException;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.GraphEigenvectors;
import org.imageclustering.graph.GraphRepair;
import org.imageclustering.graph.KernelAffinity;
import org.imageclustering.graph.KernelOperator;
import org.imageclustering.graph.KernelProducts;
import org.imageclustering.graph.KnnGraph;
import org.imageclustering.graph.Laplacian;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.graph.Symmetrisation;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.neighbours.ExactIndex;
import org.imageclustering.neighbours.LocalNeighbours;
import org.imageclustering.spectral.ChebyshevSubspace;
import org.imageclustering.spectral.DenseEigenSolver;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.KernelSpectrum;
import org.imageclustering.spectral.MiniBatchOptions;
import org.imageclustering.spectral.MiniBatchSubspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every solver must do with a fully connected affinity: one list of checks for all. */
final class KernelEigenvectorsTest {
  private static final long SEED = Long.getLong("test.seed", System.nanoTime());
  private static final FloatMatrix POINTS = Blobs.points(300, SEED);

  /** A solver and how far its subspace may be from the exact one: the sine of an angle. */
  private record Solver(String name, KernelEigenvectors method, double sine) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Solver> solvers() {
    MiniBatchOptions patient = new MiniBatchOptions(0, 1500, 1, 0.001);
    return List.of(
        new Solver("lanczos", new OperatorEigenvectors(new ChebyshevSubspace()), 0.002),
        new Solver(
            "nystrom of all columns",
            new NystromEigenvectors(NystromEigenvectors.AUTO, LandmarkSampling.UNIFORM),
            0.01),
        new Solver("nystrom uniform", new NystromEigenvectors(150, LandmarkSampling.UNIFORM), 0.3),
        new Solver("nystrom k-means", new NystromEigenvectors(150, LandmarkSampling.K_MEANS), 0.3),
        new Solver("nystrom greedy", new NystromEigenvectors(150, LandmarkSampling.GREEDY), 0.3),
        new Solver("mini-batch", new OperatorEigenvectors(new MiniBatchSubspace(patient)), 0.03));
  }

  private static List<KernelProducts> kernels() {
    return List.of(
        KernelProducts.inMemory(KernelAffinity.gaussian(POINTS, 1)),
        KernelProducts.inMemory(KernelAffinity.selfTuning(POINTS, Blobs.neighbours(POINTS))));
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void spansTheExactSubspaceWithItsValues(Solver solver) {
    for (KernelProducts products : kernels()) {
      EigenPairs exact = exact(products);
      KernelSpectrum found = solver.method.largest(products, CENTRES, SEED);
      double sine = sine(found.pairs().vectors(), exact.vectors());
      assertThat(sine).as("seed %d", SEED).isLessThan(solver.sine);
      for (int i = 0; i < CENTRES; i++) {
        assertThat(found.pairs().values()[i])
            .as("value %d, seed %d", i, SEED)
            .isCloseTo(exact.values()[i], within(0.2 * solver.sine));
        assertThat(found.pairs().residuals()[i]).isBetween(0.0, solver.sine);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void vectorsAreOrthonormalInOrderAndOfFixedSign(Solver solver) {
    KernelSpectrum found = solver.method.largest(kernels().get(0), CENTRES, SEED);
    float[] x = found.pairs().vectors().values();
    for (int c = 0; c < CENTRES; c++) {
      float extreme = 0;
      for (int other = 0; other <= c; other++) {
        double dot = 0;
        for (int i = 0; i < x.length; i += CENTRES) {
          dot += (double) x[i + c] * x[i + other];
          extreme = Math.abs(x[i + c]) > Math.abs(extreme) ? x[i + c] : extreme;
        }
        assertThat(dot).as("seed %d", SEED).isCloseTo(other == c ? 1 : 0, within(1e-4));
      }
      assertThat(extreme).isPositive();
      double[] values = found.pairs().values();
      assertThat(c == 0 || values[c] <= values[c - 1]).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void leftNormalisedVectorsAreThoseOfTheTransitionMatrix(Solver solver) {
    KernelProducts products = kernels().get(0);
    KernelSpectrum found = solver.method.largest(products, CENTRES, SEED);
    FloatMatrix vectors = Laplacian.RW.vectors(found.pairs(), found.degrees());
    double[] image = products.ofAll(CENTRES, vectors.values());
    double squares = 0;
    for (int at = 0; at < image.length; at++) {
      double residual =
          image[at] / found.degrees()[at / CENTRES]
              - found.pairs().values()[at % CENTRES] * vectors.values()[at];
      squares += residual * residual;
    }
    assertThat(Math.sqrt(squares)).as("seed %d", SEED).isLessThan(5 * solver.sine);
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void sameSeedGivesTheSameBitsOnAnyNumberOfCores(Solver solver) throws Exception {
    KernelProducts products = kernels().get(1);
    KernelSpectrum here = solver.method.largest(products, 3, 7);
    ForkJoinPool pool = new ForkJoinPool(3);
    KernelSpectrum there = pool.submit(() -> solver.method.largest(products, 3, 7)).get();
    pool.shutdown();
    assertThat(there.pairs().values()).as("seed %d", SEED).isEqualTo(here.pairs().values());
    assertThat(there.pairs().vectors().values()).isEqualTo(here.pairs().vectors().values());
    assertThat(there.degrees()).isEqualTo(here.degrees());
  }

  @ParameterizedTest
  @MethodSource("solvers")
  void impossibleCountIsTheUsersError(Solver solver) {
    FloatMatrix few = Blobs.points(10, SEED);
    KernelProducts products = KernelProducts.inMemory(KernelAffinity.gaussian(few, 1));
    for (int count : new int[] {0, 11}) {
      assertThatThrownBy(() -> solver.method.largest(products, count, 0))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("request for " + count)
          .hasMessageContaining("expected 1 to 10");
    }
  }

  @Test
  void columnsOfTooLowARankAreTheUsersError() {
    FloatMatrix two = new FloatMatrix(4, 1, new float[] {0, 0, 9, 9});
    KernelProducts products = KernelProducts.inMemory(KernelAffinity.gaussian(two, 1));
    KernelEigenvectors nystrom =
        new NystromEigenvectors(NystromEigenvectors.AUTO, LandmarkSampling.UNIFORM);
    assertThatThrownBy(() -> nystrom.largest(products, 3, 0))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("rank 2, expected at least 3");
  }

  /** On a sparse graph, against the block solver: the same contract, another operator. */
  @Test
  void miniBatchesServeSparseGraphsToo() {
    Neighbours near = LocalNeighbours.search(ExactIndex.of(POINTS), 15);
    CsrGraph graph = KnnGraph.of(near, EdgeWeights.SELF_TUNING, Symmetrisation.MEAN);
    CsrGraph whole = GraphRepair.connected(graph, POINTS);
    EigenPairs exact = GraphEigenvectors.largest(new ChebyshevSubspace(), whole, CENTRES, 0);
    MiniBatchSubspace solver = new MiniBatchSubspace(new MiniBatchOptions(0, 4000, 1, 1e-4));
    EigenPairs found = GraphEigenvectors.largest(solver, whole, CENTRES, SEED);
    assertThat(sine(found.vectors(), exact.vectors())).as("seed %d", SEED).isLessThan(0.05);
    assertThat(found.values()).containsExactly(exact.values(), within(5e-3));
  }

  private static EigenPairs exact(KernelProducts products) {
    return new DenseEigenSolver().largest(new KernelOperator(products), CENTRES, 0);
  }

  /** The sine of the largest principal angle: the norm of what the exact span does not hold. */
  private static double sine(FloatMatrix found, FloatMatrix exact) {
    int w = exact.columns();
    double squares = 0;
    for (int c = 0; c < w; c++) {
      double inside = 0;
      for (int e = 0; e < w; e++) {
        double dot = 0;
        for (int i = 0; i < exact.rows(); i++) {
          dot += (double) found.values()[i * w + c] * exact.values()[i * w + e];
        }
        inside += dot * dot;
      }
      squares += Math.max(0, 1 - inside);
    }
    return Math.sqrt(squares);
  }
}
