package org.imageclustering.spectral;

import java.util.Arrays;
import java.util.Locale;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The largest eigenpairs by subspace iteration with Chebyshev filters (Zhou, Saad, Tiago and
 * Chelikowsky 2006): a block of somewhat more vectors than are wanted is multiplied by a polynomial
 * of the matrix that is small on the unwanted part of the spectrum, then rotated to its Ritz
 * vectors, until the wanted pairs have small residuals.
 *
 * <p>Against Lanczos with one vector it needs more products, but they come in panels of 48 vectors,
 * where a neighbour costs one read of contiguous memory, and there is no growing basis to
 * orthogonalise against; repeated eigenvalues, as of a graph with many components, are no special
 * case because the block holds all their vectors at once. Why not Lanczos: {@code
 * docs/decisions/003-chebyshev-subspace-iteration.md}.
 *
 * <p>Single precision, with sums over nodes in double: residuals down to about {@code 1e-6 ||A||}
 * can be reached. Memory: {@code n (1.5 count + 96)} floats, at least {@code n (count + 112)}. The
 * result does not depend on the number of cores. Matrices with fewer than four rows for each vector
 * of the block go to {@link DenseEigenSolver}.
 */
public final class ChebyshevSubspace implements EigenSolver {
  private static final Logger LOG = LoggerFactory.getLogger(ChebyshevSubspace.class);

  private final ChebyshevOptions options;
  private final Subspace.Factory blocks;

  /** A solver with the default options on this machine. */
  public ChebyshevSubspace() {
    this(ChebyshevOptions.defaults());
  }

  /** A solver with the given options on this machine. */
  public ChebyshevSubspace(ChebyshevOptions options) {
    this(options, LocalSubspace::new);
  }

  /** A solver with the given options whose block lies where the factory puts it. */
  public ChebyshevSubspace(ChebyshevOptions options, Subspace.Factory blocks) {
    this.options = options;
    this.blocks = blocks;
  }

  @Override
  public EigenPairs largest(SymmetricOperator matrix, int count, long seed) {
    Requests.check(matrix, count);
    int width = options.blockWidth(count);
    if (matrix.dimension() <= 4L * width) {
      return new DenseEigenSolver().largest(matrix, count, seed);
    }
    try (Subspace block = blocks.open(matrix, width)) {
      return new Iteration(matrix, count, seed, block).run();
    }
  }

  /** One solution in progress. */
  private final class Iteration {
    private final SymmetricOperator matrix;
    private final int count;
    private final long seed;
    private final Subspace block;
    private final SpectrumBounds bounds;
    private double[] values;
    private double[] residuals;
    private int converged;
    private long products;

    Iteration(SymmetricOperator matrix, int count, long seed, Subspace block) {
      this.matrix = matrix;
      this.count = count;
      this.seed = seed;
      this.block = block;
      this.bounds = SpectrumBounds.of(matrix, seed);
    }

    EigenPairs run() {
      long start = System.nanoTime();
      block.randomise(0, seed);
      ChebyshevFilter filter = options.firstFilter(bounds);
      for (int round = 1; round <= options.rounds(); round++) {
        block.filter(filter, converged);
        products += (long) filter.degree() * (block.width() - converged);
        rotate(round);
        LOG.debug("Round {}: {}, {} pairs converged", round, filter, converged);
        if (converged == count) {
          LOG.info(
              "{} eigenvectors of {} nodes in {} rounds, {} products, {} s",
              count,
              matrix.dimension(),
              round,
              products,
              String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9));
          return pairs();
        }
        filter = nextFilter();
      }
      throw notConverged();
    }

    private ChebyshevFilter nextFilter() {
      return values.length < block.width()
          ? options.firstFilter(bounds)
          : options.nextFilter(bounds, values, count, worst());
    }

    private void rotate(int round) {
      RayleighRitz ritz = new RayleighRitz(block);
      if (!ritz.orthonormal) {
        ritz = new RayleighRitz(block);
        products += block.width();
      }
      values = ritz.values;
      if (values.length < block.width()) {
        block.randomise(values.length, seed + round);
      }
      double[] wanted = Arrays.copyOf(values, Math.min(count, values.length));
      residuals = block.residuals(wanted);
      products += block.width() + wanted.length;
      converged = 0;
      while (converged < residuals.length && residuals[converged] <= tolerance()) {
        converged++;
      }
    }

    private double tolerance() {
      return options.tolerance() * bounds.norm();
    }

    /** Returns the largest residual in units of the tolerance. */
    private double worst() {
      return Arrays.stream(residuals).max().orElseThrow() / tolerance();
    }

    private EigenPairs pairs() {
      FloatMatrix columns = block.columns(count);
      Signs.fixInPlace(columns);
      return new EigenPairs(Arrays.copyOf(values, count), columns, residuals);
    }

    private UserException notConverged() {
      return new UserException(
          String.format(
              Locale.ROOT,
              "Cannot compute %d eigenvectors of %d nodes: found residuals up to %.1e after %d"
                  + " rounds and %d products, expected at most %.1e",
              count,
              matrix.dimension(),
              worst() * tolerance(),
              options.rounds(),
              products,
              tolerance()));
    }
  }
}
