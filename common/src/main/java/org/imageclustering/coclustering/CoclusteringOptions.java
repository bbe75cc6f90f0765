package org.imageclustering.coclustering;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import org.imageclustering.Options;
import org.imageclustering.UserException;

/**
 * The options of the co-clustering of rows and columns.
 *
 * @param clusters k, at least 2
 * @param seed of every draw
 * @param variant which singular vectors are taken, and how they are scaled
 * @param restarts of k-means, at least 1; the start of least cost is kept
 * @param sample the most rows that k-means sees, drawn by (seed, id), at least k; the others go to
 *     the nearest centre
 */
public record CoclusteringOptions(
    int clusters, long seed, Variant variant, int restarts, int sample) {

  /** Checks the values. */
  public CoclusteringOptions {
    Options.require(clusters >= 2, "clusters", clusters, "at least 2");
    Options.require(restarts >= 1, "cocluster.restarts", restarts, "at least 1");
    Options.require(
        sample >= clusters,
        "cocluster.sample",
        sample,
        "at least the number of clusters, " + clusters);
  }

  /** The two ways from singular vectors to points. */
  public enum Variant {
    /**
     * Algorithm 1 of the winner-take-all paper: k vectors, the first included, rows scaled to
     * length 1.
     */
    PAPER,
    /** Dhillon 2001: 1 + ceil(log2 k) vectors, the first left out, rows scaled by D^-1/2. */
    DHILLON;

    /** Returns how many singular vectors are computed for k clusters, before any is left out. */
    public int vectors(int clusters) {
      return this == PAPER ? clusters : 1 + (32 - Integer.numberOfLeadingZeros(clusters - 1));
    }

    /** Returns how many of the first singular vectors are left out. */
    int leftOut() {
      return this == PAPER ? 0 : 1;
    }
  }

  /** Returns the defaults, which are those of {@code reference.conf}. */
  public static CoclusteringOptions defaults(int clusters, long seed) {
    return new CoclusteringOptions(clusters, seed, Variant.PAPER, 10, 100_000);
  }

  /**
   * Returns the options of a resolved configuration: {@code clusters}, {@code seed} and the section
   * {@code cocluster}.
   *
   * @throws UserException naming the option that is missing, of another type or out of its range
   */
  public static CoclusteringOptions of(Config config) {
    try {
      Config section = config.getConfig("cocluster");
      return new CoclusteringOptions(
          config.getInt("clusters"),
          config.getLong("seed"),
          Options.named(Variant.class, "cocluster.variant", section.getString("variant")),
          section.getInt("restarts"),
          section.getInt("sample"));
    } catch (ConfigException e) {
      throw new UserException("Cannot read the section cocluster: " + e.getMessage(), e);
    }
  }
}
