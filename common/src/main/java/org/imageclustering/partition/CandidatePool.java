package org.imageclustering.partition;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imageclustering.criterion.ClusterLinks;
import org.imageclustering.criterion.Criterion;
import org.imageclustering.criterion.KMeansCost;
import org.imageclustering.criterion.MapEquation;
import org.imageclustering.criterion.Modularity;
import org.imageclustering.criterion.NormalizedCut;
import org.imageclustering.criterion.Silhouette;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.linalg.FloatMatrix;

/**
 * Many partitions of one graph into K clusters, scored without labels, and the one that is chosen:
 * a single k-means run is a lottery, in which two clusters merge or do not.
 *
 * <ol>
 *   <li>k-means, several runs on each commute-time embedding and on each unscaled one;
 *   <li>on each commute-time embedding, Ward's method over the centres of a finer k-means;
 *   <li>on each commute-time embedding, finer k-means partitions merged greedily by modularity;
 *   <li>every criterion of every candidate; the best by the chosen criterion is kept, and the
 *       better ones vote with it on every point ({@link Consensus});
 *   <li>the points of the vote are moved one by one until none raises the modularity.
 * </ol>
 *
 * The result depends on the graph, the vectors, the options and the seed alone, not on the number
 * of cores. Memory: 4 n K' bytes for each embedding of K' vectors that is being clustered, 4 n a
 * candidate.
 */
public final class CandidatePool {
  private static final int ITERATIONS = 100;
  private static final int FINE_ITERATIONS = 25;

  private final List<Candidate> candidates;
  private final int chosen;
  private final int voters;
  private final Candidate result;
  private final FloatMatrix embedding;

  private CandidatePool(
      List<Candidate> candidates, int chosen, int voters, Candidate result, FloatMatrix embedding) {
    this.candidates = candidates;
    this.chosen = chosen;
    this.voters = voters;
    this.result = result;
    this.embedding = embedding;
  }

  /**
   * Returns the pool of a graph.
   *
   * @param coordinates of the graph's eigenvectors
   * @param clusters K, at most the number of nodes; every candidate uses all of them
   */
  public static CandidatePool of(
      CsrGraph graph,
      SpectralCoordinates coordinates,
      PoolOptions options,
      int clusters,
      long seed) {
    if (clusters > graph.nodes()) {
      throw new IllegalArgumentException(
          "Cannot cluster: found " + graph.nodes() + " points, expected at least " + clusters);
    }
    FloatMatrix embedding =
        coordinates.commuteTime(Collections.max(options.commuteVectors(clusters)));
    Scorer scorer = new Scorer(graph, embedding, clusters, options.silhouetteSample(), seed);
    List<Proposal> proposals = proposals(graph, coordinates, options, clusters);
    long[] seeds = new SplittableRandom(seed).longs(proposals.size()).toArray();
    List<Candidate> candidates =
        IntStream.range(0, proposals.size())
            .parallel()
            .mapToObj(i -> scorer.score(proposals.get(i), seeds[i]))
            .collect(Collectors.toList());
    List<Candidate> ranked = ranked(candidates, options.criterion());
    Candidate kept = ranked.get(0);
    int voters = options.voters(candidates.size());
    List<int[]> votes = ranked.stream().limit(voters).map(Candidate::labels).toList();
    int[] voted = Consensus.of(votes, kept.labels(), clusters);
    Candidate result = scorer.result(kept, voted, options.localMoves());
    return new CandidatePool(candidates, candidates.indexOf(kept), voters, result, embedding);
  }

  /** Returns the candidates as they were drawn, in the order of the drawing. */
  public List<Candidate> candidates() {
    return candidates;
  }

  /** Returns the position of the chosen one among {@link #candidates()}; the first on a tie. */
  public int chosen() {
    return chosen;
  }

  /** Returns how many of the best candidates voted; 1: the best alone. */
  public int voters() {
    return voters;
  }

  /** Returns the result: what the better ones voted, its points moved, clusters by falling size. */
  public Candidate result() {
    return result;
  }

  /** Returns the widest commute-time embedding, in which silhouette and cost are measured. */
  public FloatMatrix embedding() {
    return embedding;
  }

  /** Returns the candidates, the best first, those that are equal in their order. */
  private static List<Candidate> ranked(List<Candidate> candidates, Criterion criterion) {
    Comparator<Candidate> best =
        (a, b) -> isBetter(criterion, a, b) ? -1 : isBetter(criterion, b, a) ? 1 : 0;
    return candidates.stream().sorted(best).toList();
  }

  private static boolean isBetter(Criterion criterion, Candidate one, Candidate other) {
    return criterion.prefers(one.scores().of(criterion), other.scores().of(criterion));
  }

  /** A partition that is still to be made. */
  private record Proposal(String name, FloatMatrix points, Partitioner partitioner) {}

  /** Makes K clusters of points. */
  @FunctionalInterface
  private interface Partitioner {
    int[] partition(FloatMatrix points, long seed);
  }

  private static List<Proposal> proposals(
      CsrGraph graph, SpectralCoordinates coordinates, PoolOptions options, int k) {
    List<Proposal> proposals = new ArrayList<>();
    for (int vectors : distinct(options.commuteVectors(k), coordinates.count())) {
      FloatMatrix points = coordinates.commuteTime(vectors);
      String name = "commute-time-" + vectors;
      addRestarts(proposals, name, points, options.restarts(), k);
      addCoarsened(proposals, name, points, graph, options, k);
    }
    for (int vectors : distinct(options.njwVectors(k), coordinates.count())) {
      addRestarts(proposals, "njw-" + vectors, coordinates.njw(vectors), options.restarts(), k);
    }
    return proposals;
  }

  /** Returns the sizes cut to what there is, each once, ascending. */
  private static SortedSet<Integer> distinct(List<Integer> sizes, int most) {
    return sizes.stream()
        .map(s -> Math.min(s, most))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void addRestarts(
      List<Proposal> proposals, String name, FloatMatrix points, int restarts, int k) {
    for (int run = 1; run <= restarts; run++) {
      proposals.add(
          new Proposal(
              name + "/k-means-" + run,
              points,
              (x, seed) -> kMeans(x, k, ITERATIONS, seed).assignment()));
    }
  }

  private static void addCoarsened(
      List<Proposal> proposals,
      String name,
      FloatMatrix points,
      CsrGraph graph,
      PoolOptions options,
      int k) {
    int ward = Math.min(options.wardCentres(k), points.rows());
    if (ward > k) {
      proposals.add(
          new Proposal(name + "/ward-" + ward, points, (x, seed) -> ward(x, ward, k, seed)));
    }
    for (int fine : distinct(options.mergedCentres(k), points.rows())) {
      if (fine > k) {
        proposals.add(
            new Proposal(
                name + "/merged-" + fine, points, (x, seed) -> merged(graph, x, fine, k, seed)));
      }
    }
  }

  private static KMeansResult kMeans(FloatMatrix points, int k, int iterations, long seed) {
    return KMeans.fit(points, new KMeans.Options(k, iterations, 1, seed));
  }

  private static int[] ward(FloatMatrix points, int fine, int k, long seed) {
    int[] labels =
        Labels.complete(points, kMeans(points, fine, FINE_ITERATIONS, seed).assignment(), k);
    int used = Labels.count(labels);
    int[] cluster = Ward.cluster(Labels.means(points, labels, used), Labels.sizes(labels, used), k);
    return IntStream.of(labels).map(label -> cluster[label]).toArray();
  }

  private static int[] merged(CsrGraph graph, FloatMatrix points, int fine, int k, long seed) {
    int[] labels =
        Labels.complete(points, kMeans(points, fine, FINE_ITERATIONS, seed).assignment(), k);
    return GreedyMerge.merge(graph, labels, Labels.count(labels), k);
  }

  /** Scores partitions of one graph; what they share is computed once. */
  private static final class Scorer {
    private final CsrGraph graph;
    private final double[] degrees;
    private final FloatMatrix embedding;
    private final Silhouette silhouette;
    private final int clusters;

    Scorer(CsrGraph graph, FloatMatrix embedding, int clusters, int sample, long seed) {
      this.graph = graph;
      this.degrees = graph.degrees();
      this.embedding = embedding;
      this.silhouette = Silhouette.of(embedding, sample, seed);
      this.clusters = clusters;
    }

    Candidate score(Proposal proposal, long seed) {
      int[] labels = proposal.partitioner().partition(proposal.points(), seed);
      return score(proposal.name(), Labels.complete(proposal.points(), labels, clusters));
    }

    /** Returns a partition as the pool's result: its points moved, clusters by falling size. */
    Candidate result(Candidate kept, int[] labels, boolean moves) {
      int[] moved = moves ? LocalMoves.refine(graph, labels, clusters) : labels;
      return score(kept.name(), Labels.bySize(moved, clusters));
    }

    Candidate score(String name, int[] labels) {
      ClusterLinks links = ClusterLinks.of(graph, labels, clusters);
      CandidateScores scores =
          new CandidateScores(
              Modularity.of(links),
              MapEquation.of(links, degrees),
              NormalizedCut.of(links),
              silhouette.of(labels, clusters),
              KMeansCost.of(embedding, labels, clusters));
      return new Candidate(name, labels, scores);
    }
  }
}
