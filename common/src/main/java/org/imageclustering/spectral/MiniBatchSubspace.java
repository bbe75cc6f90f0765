package org.imageclustering.spectral;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The largest eigenpairs by mini-batch spectral clustering (Han and Filippone 2016): stochastic
 * gradient ascent of {@code tr(V^T A V)} over orthonormal V (the Stiefel manifold).
 *
 * <ol>
 *   <li>A batch S of b rows is drawn, each row once a pass over the data.
 *   <li>The gradient is {@code G = A V - V L}, {@code L = V^T A V}. Its rows in S, times n / b, are
 *       an unbiased estimate of it; they need b rows of A. L is taken from every row's product as
 *       it was when the row was last drawn.
 *   <li>AdaGrad: an entry's step is {@code step / sqrt(1 + n sum g^2)} times g, the sum over the
 *       entry's gradients so far; entries of V have a mean square of 1 / n. The n / b is within the
 *       step.
 *   <li>QR retraction.
 * </ol>
 *
 * At the end one product with the whole matrix gives Ritz vectors, values and residuals. The block
 * holds a quarter more vectors than are wanted, at least eight: the subspace of the wanted ones
 * then converges by the gap after the whole block. As the gradient of every row vanishes at the
 * solution, so does its noise, and no decreasing steps are needed (docs/decisions/023).
 *
 * <p>Memory: {@code 4 n w} floats for w vectors of the block. Each iteration O(b n (d + w)) for the
 * rows and O(n w^2) for the retraction. Few rows (n at most 4 w) go to {@link DenseEigenSolver}.
 */
public final class MiniBatchSubspace implements EigenSolver {
  private static final Logger LOG = LoggerFactory.getLogger(MiniBatchSubspace.class);
  private static final int LEAST_GUARDS = 8;
  private static final int REPORTS = 10;

  private final MiniBatchOptions options;

  /** A solver with the given options. */
  public MiniBatchSubspace(MiniBatchOptions options) {
    this.options = options;
  }

  @Override
  public EigenPairs largest(SymmetricOperator matrix, int count, long seed) {
    Requests.check(matrix, count);
    int width = count + Math.max(LEAST_GUARDS, count / 4);
    if (matrix.dimension() <= 4L * width) {
      return new DenseEigenSolver().largest(matrix, count, seed);
    }
    return new Ascent(matrix, width, seed).run(count);
  }

  /** One solution in progress. */
  private final class Ascent {
    private final SymmetricOperator matrix;
    private final int n;
    private final int w;
    private final int batch;
    private final Block block;
    private final float[] history;
    private final Block images;
    private double[] rayleigh;
    private int seen;
    private final SplittableRandom random;
    private final int[] order;
    private int next;
    private double passSquares;
    private int passRows;

    Ascent(SymmetricOperator matrix, int width, long seed) {
      this.matrix = matrix;
      this.n = matrix.dimension();
      this.w = width;
      this.batch = options.batchOf(n);
      this.block = new Block(n, w);
      this.history = new float[block.values().length];
      this.images = new Block(n, w);
      this.random = new SplittableRandom(seed);
      this.order = new int[n];
      Arrays.setAll(order, i -> i);
      this.next = n;
      block.randomise(0, seed);
      Orthonormal.retractInPlace(block);
    }

    EigenPairs run(int count) {
      long start = System.nanoTime();
      int iteration = 0;
      double gradient = Double.POSITIVE_INFINITY;
      int report = Math.max(1, options.iterations() / REPORTS);
      while (iteration < options.iterations() && gradient > options.tolerance()) {
        iteration++;
        gradient = Math.min(gradient, ascend());
        if (iteration % report == 0) {
          LOG.info(
              "Mini-batch iteration {}: objective {} of {} vectors, gradient norm {} a vector",
              iteration,
              String.format(Locale.ROOT, "%.4f", trace()),
              w,
              String.format(Locale.ROOT, "%.4f", lastGradient()));
        }
      }
      EigenPairs pairs = RitzPairs.largest(matrix, block, count);
      LOG.info(
          "{} eigenvectors of {} nodes in {} batches of {}, residuals up to {}, {} s",
          count,
          n,
          iteration,
          batch,
          String.format(Locale.ROOT, "%.4f", Arrays.stream(pairs.residuals()).max().orElse(0)),
          String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9));
      return pairs;
    }

    /** Takes one step; returns the gradient's norm a vector where a pass ends, else infinity. */
    private double ascend() {
      int[] rows = nextRows();
      float[] image = new float[rows.length * w];
      matrix.multiplyRows(rows, w, block.values(), image);
      for (int r = 0; r < rows.length; r++) {
        System.arraycopy(image, r * w, images.values(), rows[r] * w, w);
      }
      seen = Math.min(n, seen + rows.length);
      rayleigh = rayleigh();
      double squares = 0;
      for (int r = 0; r < rows.length; r++) {
        squares += stepRow(rows[r], image, r * w);
      }
      Orthonormal.retractInPlace(block);
      passSquares += squares;
      passRows += rows.length;
      return next == n ? lastGradient() : Double.POSITIVE_INFINITY;
    }

    private int[] nextRows() {
      if (next == n) {
        shuffle();
        next = 0;
        passSquares = 0;
        passRows = 0;
      }
      int until = Math.min(n, next + batch);
      int[] rows = Arrays.copyOfRange(order, next, until);
      next = until;
      return rows;
    }

    private void shuffle() {
      for (int i = n - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
    }

    /** Returns {@code V^T A V} from the rows of A V as they were last seen, symmetric. */
    private double[] rayleigh() {
      double[] sums = block.transposedTimes(w, images.values());
      double half = (double) n / seen / 2;
      double[] symmetric = new double[w * w];
      for (int i = 0; i < w; i++) {
        for (int j = 0; j < w; j++) {
          symmetric[i * w + j] = half * (sums[i * w + j] + sums[j * w + i]);
        }
      }
      return symmetric;
    }

    /** Moves one row of V along its gradient; returns the gradient's squared length. */
    private double stepRow(int row, float[] image, int offset) {
      float[] values = block.values();
      int at = row * w;
      double[] gradient = new double[w];
      double squares = 0;
      for (int c = 0; c < w; c++) {
        double g = image[offset + c];
        for (int i = 0; i < w; i++) {
          g -= values[at + i] * rayleigh[i * w + c];
        }
        gradient[c] = g;
        squares += g * g;
      }
      for (int c = 0; c < w; c++) {
        double g = gradient[c];
        history[at + c] += (float) (g * g);
        values[at + c] +=
            (float) (options.step() * g / Math.sqrt(1 + (double) n * history[at + c]));
      }
      return squares;
    }

    /** Returns the gradient's norm a vector, estimated from the pass so far. */
    private double lastGradient() {
      return Math.sqrt(passSquares * n / Math.max(1, passRows) / w);
    }

    private double trace() {
      double trace = 0;
      for (int i = 0; i < w; i++) {
        trace += rayleigh[i * w + i];
      }
      return trace;
    }
  }
}
