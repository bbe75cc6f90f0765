package org.imageclustering.refine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import org.imageclustering.Options;
import org.imageclustering.UserException;

/**
 * The options of the refinement by support vector machines.
 *
 * @param clusters the final number, at least 2; {@link #AUTO}: what merging leaves
 * @param seed of the draws of rows and subsets
 * @param engine which library trains the classifiers
 * @param cost C of the loss against the length of the weights, above 0
 * @param components principal components that the rows are projected on, at least 1
 * @param sample the most rows that the classifiers are trained on, drawn by (seed, id)
 * @param growth how the positive rows of a classifier grow
 * @param joining what tells which classifiers are joined down to {@code clusters}
 * @param agreement which predictions count where agreement tells it
 * @param refits most times that the clusters' rows train their classifiers anew, at least 0
 * @param threshold agreement from which two are merged, above 0, at most 1
 */
public record SvmOptions(
    int clusters,
    long seed,
    Engine engine,
    double cost,
    int components,
    int sample,
    Growth growth,
    Joining joining,
    Agreement agreement,
    int refits,
    double threshold) {
  /** The number of clusters that stands for: what merging leaves. */
  public static final int AUTO = 0;

  /** Checks the values. */
  public SvmOptions {
    Options.require(
        clusters >= 2 || clusters == AUTO,
        "svm.clusters",
        clusters,
        "at least 2, or 0 for what merging leaves");
    Options.require(cost > 0 && Double.isFinite(cost), "svm.cost", cost, "a number above 0");
    Options.require(components >= 1, "svm.components", components, "at least 1");
    Options.require(
        sample >= growth.subsets(),
        "svm.sample",
        sample,
        "at least the number of subsets, " + growth.subsets());
    Options.require(refits >= 0, "svm.refits", refits, "at least 0");
    Options.require(
        threshold > 0 && threshold <= 1, "svm.threshold", threshold, "above 0, at most 1");
  }

  /**
   * Checks the growth of a chain against a number of rows, of which {@code sample} at most are
   * used.
   *
   * @param initial the number of initial clusters, which stands for the final one where that is to
   *     be found
   * @throws UserException naming the option that does not fit a subset
   */
  public void requireRows(long rows, int initial) {
    growth.resolved((int) Math.min(sample, rows), clusters == AUTO ? initial : clusters);
  }

  /** The libraries. */
  public enum Engine {
    /**
     * liblinear: squared hinge loss, the bias regularised, each fit started from the one before;
     * the chains of clusters run side by side, a Spark task each.
     */
    LIBLINEAR,
    /** MLlib's LinearSVC: hinge loss, the bias free, each fit from zero; a few jobs a fit. */
    MLLIB;
  }

  /** Returns the defaults, which are those of {@code reference.conf}. */
  public static SvmOptions defaults(int clusters, long seed) {
    return new SvmOptions(
        clusters,
        seed,
        Engine.LIBLINEAR,
        1e-3,
        200,
        20_000,
        Growth.defaults(),
        Joining.NEIGHBOURS,
        Agreement.OVERLAP,
        10,
        0.8);
  }

  /**
   * Returns the options of the section {@code svm} of a resolved configuration.
   *
   * @param clusters the final number, or {@link #AUTO}
   * @throws UserException naming the option that is missing, of another type or out of its range
   */
  public static SvmOptions of(Config config, int clusters) {
    try {
      Config section = config.getConfig("svm");
      return new SvmOptions(
          clusters,
          config.getLong("seed"),
          Options.named(Engine.class, "svm.engine", section.getString("engine")),
          section.getDouble("cost"),
          section.getInt("components"),
          section.getInt("sample"),
          Growth.of(section),
          Options.named(Joining.class, "svm.joining", section.getString("joining")),
          Options.named(Agreement.class, "svm.agreement", section.getString("agreement")),
          section.getInt("refits"),
          section.getDouble("threshold"));
    } catch (ConfigException e) {
      throw new UserException("Cannot read the section svm: " + e.getMessage(), e);
    }
  }
}
