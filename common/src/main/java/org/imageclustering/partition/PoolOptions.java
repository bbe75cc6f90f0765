package org.imageclustering.partition;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.stream.Stream;
import org.imageclustering.Options;
import org.imageclustering.UserException;
import org.imageclustering.criterion.Criterion;

/**
 * Which candidate partitions are drawn, and how one of them is chosen.
 *
 * @param criterion by which the candidate is chosen
 * @param consensus the share of the candidates, the best by the criterion, that vote on the result,
 *     0 to 1; 0: the best one alone
 * @param commuteVectors sizes of the commute-time embeddings, each at least 1; raised to K, and cut
 *     to what the graph has. The largest is the embedding that is given out
 * @param njwFactors sizes of the unscaled embeddings in multiples of K, each above 0; at most K +
 *     40; may be empty
 * @param restarts k-means runs on each embedding, at least 1
 * @param wardCentres k-means centres that Ward's method joins, on each commute-time embedding; 0
 *     for none, otherwise raised to 2 K
 * @param mergedCentres sizes of the fine k-means partitions that are merged by modularity, on each
 *     commute-time embedding; may be empty
 * @param localMoves whether single points are moved afterwards, until none raises the modularity
 * @param silhouetteSample the largest number of points over which the silhouette is taken, 2 to
 *     20,000
 */
public record PoolOptions(
    Criterion criterion,
    double consensus,
    List<Integer> commuteVectors,
    List<Double> njwFactors,
    int restarts,
    int wardCentres,
    List<Integer> mergedCentres,
    boolean localMoves,
    int silhouetteSample) {

  /** Silhouette's distances fill 4 s² bytes. */
  private static final int LARGEST_SAMPLE = 20_000;

  private static final int MOST_BEYOND = 40;

  /**
   * Checks the values.
   *
   * @throws UserException naming the option that is out of its range
   */
  public PoolOptions {
    commuteVectors = List.copyOf(commuteVectors);
    njwFactors = List.copyOf(njwFactors);
    mergedCentres = List.copyOf(mergedCentres);
    Options.require(
        consensus >= 0 && consensus <= 1, "spectral.consensus", consensus, "a share from 0 to 1");
    Options.require(
        !commuteVectors.isEmpty() && commuteVectors.stream().allMatch(v -> v >= 1),
        "spectral.commute-vectors",
        commuteVectors,
        "at least one size, each at least 1");
    Options.require(
        njwFactors.stream().allMatch(v -> v > 0 && v <= 1000),
        "spectral.njw-factors",
        njwFactors,
        "factors above 0 and at most 1000");
    Options.require(restarts >= 1, "spectral.restarts", restarts, "at least 1");
    Options.require(
        wardCentres == 0 || (wardCentres >= 2 && wardCentres <= 2000),
        "spectral.ward-centres",
        wardCentres,
        "0, or 2 to 2000");
    Options.require(
        mergedCentres.stream().allMatch(v -> v >= 2 && v <= 2000),
        "spectral.merged-centres",
        mergedCentres,
        "sizes from 2 to 2000");
    Options.require(
        silhouetteSample >= 2 && silhouetteSample <= LARGEST_SAMPLE,
        "spectral.silhouette-sample",
        silhouetteSample,
        "2 to " + LARGEST_SAMPLE);
  }

  /** Returns the defaults, which are those of {@code reference.conf}. */
  public static PoolOptions defaults() {
    return new PoolOptions(
        Criterion.NCUT,
        0.75,
        List.of(20, 30, 40, 60),
        List.of(1.2, 1.6, 2.0),
        5,
        100,
        List.of(50, 100, 200),
        true,
        2000);
  }

  /**
   * Returns the options of the section {@code spectral}.
   *
   * @throws UserException naming the option that is missing, of another type or out of its range
   */
  static PoolOptions of(Config section) {
    try {
      return new PoolOptions(
          Options.named(Criterion.class, "spectral.criterion", section.getString("criterion")),
          section.getDouble("consensus"),
          section.getIntList("commute-vectors"),
          section.getDoubleList("njw-factors"),
          section.getInt("restarts"),
          section.getInt("ward-centres"),
          section.getIntList("merged-centres"),
          section.getBoolean("local-moves"),
          section.getInt("silhouette-sample"));
    } catch (ConfigException e) {
      throw new UserException("Cannot read the section spectral: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the sizes of the commute-time embeddings for K clusters: at least K, as fewer vectors
   * do not tell that many clusters apart. A size may occur several times.
   */
  List<Integer> commuteVectors(int clusters) {
    return commuteVectors.stream().map(v -> Math.max(v, clusters)).toList();
  }

  /**
   * Returns the sizes of the unscaled embeddings for K clusters, at most {@value #MOST_BEYOND} more
   * than K: each further vector costs as much as a cluster. A size may occur several times.
   */
  List<Integer> njwVectors(int clusters) {
    return njwFactors.stream()
        .map(f -> Math.min((int) Math.ceil(f * clusters), clusters + MOST_BEYOND))
        .toList();
  }

  /** Returns the centres that Ward's method joins to K, at least 2 K; 0 for none. */
  int wardCentres(int clusters) {
    return wardCentres == 0 ? 0 : Math.max(wardCentres, 2 * clusters);
  }

  /** Returns the sizes of the partitions that are merged to K, at least 2 K each. */
  List<Integer> mergedCentres(int clusters) {
    return mergedCentres.stream().map(m -> Math.max(m, 2 * clusters)).toList();
  }

  /** Returns how many of so many candidates vote, at least one. */
  int voters(int candidates) {
    return Math.max(1, (int) (consensus * candidates));
  }

  /** Returns the number of vectors, without the trivial one, that K clusters need. */
  int vectors(int clusters) {
    return Stream.concat(commuteVectors(clusters).stream(), njwVectors(clusters).stream())
        .max(Integer::compare)
        .orElseThrow();
  }

  /** Returns these options with another criterion. */
  public PoolOptions withCriterion(Criterion other) {
    return new PoolOptions(
        other,
        consensus,
        commuteVectors,
        njwFactors,
        restarts,
        wardCentres,
        mergedCentres,
        localMoves,
        silhouetteSample);
  }
}
