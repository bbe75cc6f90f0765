package org.imageclustering.graph;

import java.util.function.Function;
import org.imageclustering.UserException;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.EigenSolver;
import org.imageclustering.spectral.SymmetricOperator;

/** From an affinity graph to its eigenvectors (SA-Net Algorithm 1, steps 2 and 3, with Eq. 5). */
public final class GraphEigenvectors {
  private GraphEigenvectors() {}

  /**
   * Returns the {@code count} largest eigenpairs of {@code D^-1/2 W D^-1/2}, the smallest of {@code
   * L_sym}, by the default solver.
   *
   * @param graph symmetric, without isolated nodes; not modified
   * @param count at least 1, at most the number of nodes
   * @throws org.imageclustering.UserException if a node is isolated, the count is out of range or
   *     the solver does not converge
   */
  public static EigenPairs largest(CsrGraph graph, int count, long seed) {
    return largest(EigenSolver.get(), graph, count, seed);
  }

  /**
   * Returns them by the given solver. The nodes are renumbered before, so that neighbours stand
   * near each other in memory, and the vectors' rows put back after; beside the solver's memory
   * that is one copy of the graph.
   */
  public static EigenPairs largest(EigenSolver solver, CsrGraph graph, int count, long seed) {
    return inLocalOrder(solver, graph, NormalizedAffinity::new, count, seed);
  }

  /**
   * Returns the largest eigenpairs but the trivial one, {@code D^1/2 1}, which is left out by its
   * formula. A graph of c components has the eigenvalue 1 c times, and the first vector that a
   * solver gives may be any one of that eigenspace.
   *
   * @param graph symmetric, without isolated nodes; not modified
   */
  public static EigenPairs withoutTrivial(
      EigenSolver solver, CsrGraph graph, int count, long seed) {
    return inLocalOrder(
        solver,
        graph,
        local -> WithoutNullVectors.trivial(new NormalizedAffinity(local), local),
        count,
        seed);
  }

  /**
   * Returns the eigenpairs that are no null vectors of L_sym: of a graph with c components, those
   * after the first c. Isolated nodes are components too; their entries are 0.
   *
   * @param graph symmetric; not modified
   * @throws org.imageclustering.UserException if fewer than {@code count} vectors are left
   */
  public static EigenPairs withoutNullVectors(
      EigenSolver solver, CsrGraph graph, int count, long seed) {
    int components = Components.count(graph);
    if (count > graph.nodes() - components) {
      throw new UserException(
          "Cannot compute eigenvectors: found a request for %d, expected at most %d, the %d nodes less one null vector for each of the %d components"
              .formatted(count, graph.nodes() - components, graph.nodes(), components));
    }
    return inLocalOrder(
        solver,
        graph,
        local -> WithoutNullVectors.ofComponents(NormalizedAffinity.withIsolated(local), local),
        count,
        seed);
  }

  private static EigenPairs inLocalOrder(
      EigenSolver solver,
      CsrGraph graph,
      Function<CsrGraph, SymmetricOperator> operator,
      int count,
      long seed) {
    int[] order = LocalOrder.of(graph);
    CsrGraph local = LocalOrder.apply(graph, order);
    return solver.largest(operator.apply(local), count, seed).inOrder(order);
  }
}
