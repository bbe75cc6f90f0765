package org.imageclustering.partition;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.Symmetrisation;

/**
 * The options of the spectral last step: feature vectors to neighbour graph to partition.
 *
 * @param clusters K, at least 2; {@link #AUTO}: the suggestion of {@link ClusterCount}
 * @param seed of every draw
 * @param views the lengths of the parts of a vector that are views of their own, each with a graph;
 *     none: as many as the vectors' column says, one if it says nothing
 * @param neighbours k of the graph, at least 1; cut to n - 1
 * @param weights of the graph's edges
 * @param symmetrisation of the graph
 * @param landmarks the largest number of points that are fitted; others are assigned by them
 * @param voters the nearest landmarks that assign another point, at least 1
 * @param mostClusters the largest K that is looked at where K is to be found, 3 to 500
 * @param pool the candidates and the choice among them
 */
public record SpectralEmbeddingOptions(
    int clusters,
    long seed,
    List<Integer> views,
    int neighbours,
    EdgeWeights weights,
    Symmetrisation symmetrisation,
    int landmarks,
    int voters,
    int mostClusters,
    PoolOptions pool) {
  /** The number of clusters that stands for: to be found. On the command line {@code auto}. */
  public static final int AUTO = 0;

  private static final int LARGEST_MOST = 500;

  /**
   * Checks the values.
   *
   * @throws UserException naming the option that is out of its range
   */
  public SpectralEmbeddingOptions {
    Options.require(
        clusters >= 2 || clusters == AUTO, "clusters", clusters, "at least 2, or 0 to find it");
    Options.require(
        views.stream().allMatch(length -> length >= 1),
        "spectral.views",
        views,
        "lengths of at least 1");
    views = List.copyOf(views);
    Options.require(
        neighbours >= 1 && neighbours <= 1000, "spectral.neighbours", neighbours, "1 to 1000");
    Options.require(
        landmarks >= clusters,
        "spectral.landmarks",
        landmarks,
        "at least the number of clusters, " + clusters);
    Options.require(voters >= 1 && voters <= 1000, "spectral.voters", voters, "1 to 1000");
    Options.require(
        mostClusters >= 3 && mostClusters <= LARGEST_MOST,
        "spectral.most-clusters",
        mostClusters,
        "3 to " + LARGEST_MOST);
  }

  /** Returns the defaults, which are those of {@code reference.conf}. */
  public static SpectralEmbeddingOptions defaults(int clusters, long seed) {
    return new SpectralEmbeddingOptions(
        clusters,
        seed,
        List.of(),
        20,
        EdgeWeights.FUZZY,
        Symmetrisation.MEAN,
        100_000,
        10,
        30,
        PoolOptions.defaults());
  }

  /**
   * Returns the options of a resolved configuration: {@code clusters}, {@code seed} and the section
   * {@code spectral}.
   *
   * @throws UserException naming the option that is missing, of another type or out of its range
   */
  public static SpectralEmbeddingOptions of(Config config) {
    try {
      Config section = config.getConfig("spectral");
      return new SpectralEmbeddingOptions(
          config.getString("clusters").equals("auto") ? AUTO : config.getInt("clusters"),
          config.getLong("seed"),
          section.getIntList("views"),
          section.getInt("neighbours"),
          Options.named(EdgeWeights.class, "spectral.weights", section.getString("weights")),
          Options.named(
              Symmetrisation.class, "spectral.symmetrisation", section.getString("symmetrisation")),
          section.getInt("landmarks"),
          section.getInt("voters"),
          section.getInt("most-clusters"),
          PoolOptions.of(section));
    } catch (ConfigException e) {
      throw new UserException("Cannot read the section spectral: " + e.getMessage(), e);
    }
  }
}
