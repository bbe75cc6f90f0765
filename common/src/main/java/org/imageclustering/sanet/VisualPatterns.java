package org.imageclustering.sanet;

import java.util.Random;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.partition.KMeans;
import org.imageclustering.partition.KMeansResult;

/**
 * The typical visual patterns of the first layer (SA-Net, Fig. 5): landmark windows are clustered
 * by k-means on their spectral features, and each cluster is shown by its mean window.
 */
public final class VisualPatterns {
  /** Landmarks that are clustered at most. */
  private static final int SAMPLE = 20_000;

  private VisualPatterns() {}

  /**
   * Returns the mean windows, patterns x window length, in the windows' own scale (their means
   * subtracted).
   *
   * @param layer without projection, so that its landmarks are windows
   * @param count of patterns, fewer where there are fewer landmarks
   */
  public static FloatMatrix of(SpectralLayer layer, int count, long seed) {
    int landmarks = layer.features().rows();
    int[] chosen =
        landmarks <= SAMPLE
            ? java.util.stream.IntStream.range(0, landmarks).toArray()
            : new Random(seed).ints(0, landmarks).distinct().limit(SAMPLE).sorted().toArray();
    FloatMatrix windows = layer.landmarks().points().select(chosen);
    int patterns = Math.min(count, chosen.length);
    KMeansResult clusters =
        KMeans.fit(layer.features().select(chosen), new KMeans.Options(patterns, 25, 1, seed));
    return means(windows, clusters.assignment(), patterns);
  }

  private static FloatMatrix means(FloatMatrix windows, int[] assignment, int patterns) {
    FloatMatrix means = FloatMatrix.zeros(patterns, windows.columns());
    int[] sizes = new int[patterns];
    for (int row = 0; row < windows.rows(); row++) {
      sizes[assignment[row]]++;
      for (int c = 0; c < windows.columns(); c++) {
        means.values()[means.offset(assignment[row]) + c] +=
            windows.values()[windows.offset(row) + c];
      }
    }
    for (int i = 0; i < means.values().length; i++) {
      means.values()[i] /= Math.max(1, sizes[i / windows.columns()]);
    }
    return means;
  }
}
