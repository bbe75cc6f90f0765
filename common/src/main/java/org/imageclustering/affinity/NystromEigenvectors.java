package org.imageclustering.affinity;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.imageclustering.UserException;
import org.imageclustering.graph.KernelProducts;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.EigenPairs;
import org.imageclustering.spectral.KernelSpectrum;
import org.imageclustering.spectral.Nystrom;
import org.imageclustering.spectral.Samples;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Eigenvectors from some columns of the affinity (Fowlkes et al. 2004; SA-Net, section 3.3). The
 * residuals are estimated from 256 rows of the affinity, normalised by the approximate degrees.
 * Runs on the driver; O(n l) entries for l columns.
 */
public final class NystromEigenvectors implements KernelEigenvectors {
  private static final Logger LOG = LoggerFactory.getLogger(NystromEigenvectors.class);

  /** Stands for {@code max(4 count, 1000)} columns. */
  public static final int AUTO = 0;

  private static final int COLUMNS_A_VECTOR = 4;
  private static final int LEAST_COLUMNS = 1000;
  private static final int RESIDUAL_ROWS = 256;

  private final int columns;
  private final LandmarkSampling sampling;

  /**
   * The method with this number of columns, cut to the number of nodes.
   *
   * @param columns at least 1, or {@link #AUTO}; the paper's log n is below the number of vectors
   *     that it asks for (docs/decisions/022)
   */
  public NystromEigenvectors(int columns, LandmarkSampling sampling) {
    this.columns = columns;
    this.sampling = sampling;
  }

  @Override
  public KernelSpectrum largest(KernelProducts products, int count, long seed) {
    int n = products.kernel().dimension();
    int asked = columns == AUTO ? Math.max(COLUMNS_A_VECTOR * count, LEAST_COLUMNS) : columns;
    int used = Math.min(n, asked);
    if (count < 1 || used < count) {
      throw new UserException(
          "Cannot compute eigenvectors: found a request for %d from %d columns of %d nodes, expected 1 to %d"
              .formatted(count, used, n, used));
    }
    long start = System.nanoTime();
    int[] landmarks = sampling.choose(products.kernel(), used, seed);
    KernelSpectrum result = Nystrom.largest(products.kernel(), landmarks, count);
    EigenPairs pairs = result.pairs();
    double[] residuals = residuals(products, result, seed);
    LOG.info(
        "{} eigenvectors of {} nodes from {} columns, residuals up to {}, {} s",
        count,
        n,
        used,
        String.format(Locale.ROOT, "%.4f", Arrays.stream(residuals).max().orElse(0)),
        String.format(Locale.ROOT, "%.1f", (System.nanoTime() - start) / 1e9));
    return new KernelSpectrum(
        new EigenPairs(pairs.values(), pairs.vectors(), residuals), result.degrees());
  }

  /** Returns {@code sqrt(n / s sum_i r_i^2)} over s drawn rows i of {@code A V - V L}. */
  private static double[] residuals(KernelProducts products, KernelSpectrum result, long seed) {
    FloatMatrix vectors = result.pairs().vectors();
    int n = vectors.rows();
    int m = vectors.columns();
    float[] scaled = new float[vectors.values().length];
    for (int at = 0; at < scaled.length; at++) {
      scaled[at] = (float) (vectors.values()[at] / Math.sqrt(result.degrees()[at / m]));
    }
    int[] rows = Samples.distinct(n, RESIDUAL_ROWS, new SplittableRandom(seed));
    double[] image = products.ofRows(rows, m, scaled);
    double[] squares = new double[m];
    for (int r = 0; r < rows.length; r++) {
      double scale = 1 / Math.sqrt(result.degrees()[rows[r]]);
      for (int c = 0; c < m; c++) {
        double v = vectors.values()[vectors.offset(rows[r]) + c];
        double residual = scale * image[r * m + c] - result.pairs().values()[c] * v;
        squares[c] += residual * residual;
      }
    }
    return Arrays.stream(squares).map(sum -> Math.sqrt(sum * n / rows.length)).toArray();
  }
}
