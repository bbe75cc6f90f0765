package org.imageclustering.spark.adaptive;

import java.util.Arrays;

/** What is written down of an epoch. */
final class EpochFigures {
  /** Their names, in their order. */
  static final String[] NAMES = {
    "epoch",
    "alpha",
    "beta",
    "xi",
    "upper",
    "lower",
    "loss",
    "pair loss",
    "positive pairs",
    "negative pairs",
    "confidence",
    "changed",
    "smallest",
    "largest",
    "seconds"
  };

  private EpochFigures() {}

  /**
   * Returns the figures of an epoch.
   *
   * @param loss the mean of an image while the epoch ran
   * @param facts after it, or null where the reconstruction alone was learned
   */
  static float[] of(
      int epoch, AdaptiveOptions options, double loss, double xi, PairFacts facts, double seconds) {
    AdaptiveOptions.Thresholds thresholds = options.thresholds();
    float[] figures = new float[NAMES.length];
    Arrays.fill(figures, Float.NaN);
    figures[0] = epoch;
    figures[1] = 1;
    figures[2] = 0;
    figures[6] = (float) loss;
    figures[figures.length - 1] = (float) seconds;
    if (facts == null) {
      return figures;
    }
    long[] sizes = facts.sizes();
    double[] ofPairs = {
      options.alpha(),
      options.beta(),
      xi,
      thresholds.u(xi),
      thresholds.l(xi),
      loss,
      facts.pairLoss(),
      facts.positives(),
      facts.negatives(),
      facts.confidence(),
      facts.changed(),
      sizes[0],
      sizes[sizes.length - 1]
    };
    for (int i = 0; i < ofPairs.length; i++) {
      figures[1 + i] = (float) ofPairs[i];
    }
    return figures;
  }

  /** Returns the figures that there are with their names, and the sizes of the clusters. */
  static String text(float[] figures, PairFacts facts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < figures.length; i++) {
      if (!Float.isNaN(figures[i])) {
        text.append(i == 0 ? "" : ", ").append(NAMES[i]).append(' ');
        text.append(Float.toString(figures[i]).replaceAll("\\.0$", ""));
      }
    }
    return text + (facts == null ? "" : ", clusters " + Arrays.toString(facts.sizes()));
  }
}
