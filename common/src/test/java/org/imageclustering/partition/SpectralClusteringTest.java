package org.imageclustering.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imageclustering.UserException;
import org.imageclustering.criterion.Criterion;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.graph.Symmetrisation;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spectral.EigenSolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The last step as a whole, on sets whose clusters are known, and on very small ones. */
final class SpectralClusteringTest {
  @ParameterizedTest
  @EnumSource(Criterion.class)
  void twoMoonsAreTwoClusters(Criterion criterion) {
    Shapes.Labelled moons = Shapes.twoMoons(400, 0.15, 5);
    SpectralEmbeddingOptions options = withCriterion(options(2), criterion);
    SpectralClustering fitted = fit(moons.points(), options);
    boolean euclidean = criterion == Criterion.SILHOUETTE || criterion == Criterion.COST;
    double share = agreement(fitted.pool().result().labels(), moons.labels());
    // The criteria of the graph find the moons; the others see curved arcs in the embedding.
    assertThat(share).isGreaterThanOrEqualTo(euclidean ? 0.7 : 0.99);
  }

  @ParameterizedTest
  @EnumSource(EdgeWeights.class)
  void blobsThatTouchAreFound(EdgeWeights weights) {
    Shapes.Labelled blobs = Shapes.blobs(300, 5, 3, 1.1, 2);
    SpectralEmbeddingOptions base = options(5);
    SpectralEmbeddingOptions options =
        new SpectralEmbeddingOptions(
            5, 3, List.of(), 15, weights, base.symmetrisation(), 1000, 10, 30, base.pool());
    int[] labels = fit(blobs.points(), options).pool().result().labels();
    assertThat(agreement(labels, blobs.labels())).isGreaterThan(0.97);
  }

  /** Modularity gains more by halving the large class than by telling small ones apart. */
  @Test
  void aClassMuchLargerThanOthersIsNotHalved() {
    Shapes.Labelled equal = Shapes.blobs(1500, 5, 3, 1, 2);
    int[] kept =
        IntStream.range(0, 1500).filter(i -> equal.labels()[i] == 0 || i % 25 < 5).toArray();
    int[] labels = Arrays.stream(kept).map(i -> equal.labels()[i]).toArray();
    FloatMatrix points = equal.points().select(kept);
    SpectralEmbeddingOptions options = options(5);
    int[] found = fit(points, options).pool().result().labels();
    assertThat(Labels.sizes(labels, 5)).containsExactly(300, 60, 60, 60, 60);
    assertThat(Shapes.samePartition(found, labels)).isTrue();
    int[] byModularity =
        fit(points, withCriterion(options, Criterion.MODULARITY)).pool().result().labels();
    assertThat(agreement(byModularity, labels)).isLessThan(0.8);
  }

  @Test
  void componentsFarApartAreReportedAndFound() {
    Shapes.Labelled blobs = Shapes.blobs(200, 4, 2, 50, 3);
    SpectralClustering fitted = fit(blobs.points(), options(4));
    assertThat(fitted.components()).isEqualTo(4);
    assertThat(Shapes.samePartition(fitted.pool().result().labels(), blobs.labels())).isTrue();
  }

  @Test
  void moreComponentsThanClustersStillGiveK() {
    Shapes.Labelled blobs = Shapes.blobs(320, 8, 2, 50, 3);
    SpectralClustering fitted = fit(blobs.points(), options(3));
    int[] labels = fitted.pool().result().labels();
    assertThat(Labels.count(Labels.compact(labels))).isEqualTo(3);
    // No component is torn apart.
    for (int i = 8; i < 320; i++) {
      assertThat(labels[i]).isEqualTo(labels[i % 8]);
    }
  }

  @Test
  void fewerComponentsThanClustersKeepTheirInnerStructure() {
    // Two far groups of two touching blobs each.
    Shapes.Labelled blobs = Shapes.blobs(400, 4, 2, 1.15, 6);
    float[] x = blobs.points().values().clone();
    for (int i = 0; i < 400; i++) {
      x[2 * i] += blobs.labels()[i] >= 2 ? 500 : 0;
    }
    SpectralClustering fitted = fit(new FloatMatrix(400, 2, x), options(4));
    assertThat(fitted.components()).isGreaterThanOrEqualTo(2);
    assertThat(agreement(fitted.pool().result().labels(), blobs.labels())).isGreaterThan(0.97);
  }

  @ParameterizedTest
  @CsvSource({"2,2", "3,2", "3,3", "4,3", "5,5", "12,2", "20,19", "60,7", "300,10"})
  void smallSetsGiveExactlyK(int n, int clusters) {
    SplittableRandom random = new SplittableRandom(n);
    float[] x = new float[4 * n];
    for (int e = 0; e < x.length; e++) {
      x[e] = (float) random.nextDouble();
    }
    SpectralClustering fitted = fit(new FloatMatrix(n, 4, x), options(clusters));
    for (Candidate candidate : fitted.pool().candidates()) {
      assertThat(Labels.sizes(candidate.labels(), clusters)).as(candidate.name()).doesNotContain(0);
    }
    assertThat(Labels.sizes(fitted.pool().result().labels(), clusters)).doesNotContain(0);
    for (double confidence : fitted.confidence()) {
      assertThat(confidence).isBetween(0.0, 1.0);
    }
    for (float value : fitted.pool().embedding().values()) {
      assertThat(value).isFinite();
    }
  }

  @Test
  void manyTightClustersAreFound() {
    Shapes.Labelled blobs = Shapes.blobs(1800, 90, 2, 4, 8);
    SpectralClustering fitted = fit(blobs.points(), options(90));
    assertThat(agreement(fitted.pool().result().labels(), blobs.labels())).isGreaterThan(0.95);
    // Nothing is made of fewer vectors or centres than clusters.
    assertThat(fitted.pool().candidates().stream().map(Candidate::name))
        .contains("commute-time-90/ward-180", "commute-time-90/merged-180", "njw-130/k-means-1")
        .allMatch(name -> name.startsWith("commute-time-90/") || name.startsWith("njw-130/"));
  }

  @Test
  void permutedPointsGiveThePermutedPartition() {
    Shapes.Labelled blobs = Shapes.blobs(250, 5, 3, 1.3, 11);
    Integer[] order = IntStream.range(0, 250).boxed().toArray(Integer[]::new);
    SplittableRandom random = new SplittableRandom(1);
    long[] keys = random.longs(250).toArray();
    Arrays.sort(order, Comparator.comparingLong(i -> keys[i]));
    int[] permutation = Arrays.stream(order).mapToInt(i -> i).toArray();
    int[] straight = fit(blobs.points(), options(5)).pool().result().labels();
    int[] permuted = fit(blobs.points().select(permutation), options(5)).pool().result().labels();
    int[] back = new int[250];
    for (int i = 0; i < 250; i++) {
      back[permutation[i]] = permuted[i];
    }
    assertThat(Shapes.samePartition(back, straight)).isTrue();
  }

  @Test
  void theChosenOneIsTheBestByTheCriterion() {
    SpectralClustering fitted = fit(Shapes.blobs(200, 6, 2, 1.02, 4).points(), options(6));
    CandidatePool pool = fitted.pool();
    double chosen = pool.candidates().get(pool.chosen()).scores().ncut();
    for (Candidate candidate : pool.candidates()) {
      assertThat(candidate.scores().ncut()).isGreaterThanOrEqualTo(chosen);
    }
    assertThat(pool.candidates().stream().map(Candidate::name).collect(Collectors.toSet()))
        .hasSameSizeAs(pool.candidates());
  }

  @Test
  void moreClustersThanPointsAreRefused() {
    FloatMatrix points = Shapes.blobs(4, 2, 2, 5, 1).points();
    assertThatThrownBy(() -> fit(points, options(5)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use clusters: found 5, expected at most the number of distinct points, 4");
  }

  @Test
  void landmarksReproduceThemselvesAndVoteForOthers() {
    Shapes.Labelled blobs = Shapes.blobs(200, 4, 3, 2, 9);
    SpectralEmbeddingOptions options = options(4);
    SpectralClustering fitted = fit(blobs.points(), options);
    Landmarks landmarks = fitted.landmarks(blobs.points(), options.weights());
    LandmarkVote vote = landmarks.vote(new AllPairs(blobs.points()), 4, 10);
    LandmarkVote.Result same = vote.of(blobs.points());
    assertThat(same.labels()).isEqualTo(fitted.pool().result().labels());
    assertThat(same.embedding().values()).isEqualTo(fitted.pool().embedding().values());
    Shapes.Labelled fresh = Shapes.blobs(100, 4, 3, 2, 10);
    LandmarkVote.Result other = vote.of(fresh.points());
    int[] expected = IntStream.range(0, 100).map(i -> same.labels()[i % 4]).toArray();
    assertThat(other.labels()).isEqualTo(expected);
    for (double confidence : other.confidence()) {
      assertThat(confidence).isBetween(0.5, 1.0);
    }
    // A point far from everything still has a cluster.
    LandmarkVote.Result far = vote.of(new FloatMatrix(1, 3, new float[] {1e6f, 1e6f, 1e6f}));
    assertThat(far.labels()[0]).isEqualTo(same.labels()[3]);
  }

  @Test
  void optionsComeFromTheConfigurationAndNameTheirFaults() {
    String text =
        "clusters = 10, seed = 4, spectral { views = [60, 40], neighbours = 9, weights = binary, symmetrisation ="
            + " union, landmarks = 500, voters = 3, most-clusters = 20, criterion = ncut, consensus = 0.25, commute-vectors = [5],"
            + " njw-factors = [], restarts = 2, ward-centres = 0, merged-centres = [30],"
            + " local-moves = false, silhouette-sample = 100 }";
    SpectralEmbeddingOptions options = SpectralEmbeddingOptions.of(ConfigFactory.parseString(text));
    assertThat(options.views()).containsExactly(60, 40);
    assertThat(options.weights()).isEqualTo(EdgeWeights.BINARY);
    assertThat(options.symmetrisation()).isEqualTo(Symmetrisation.UNION);
    assertThat(options.pool().criterion()).isEqualTo(Criterion.NCUT);
    assertThat(options.pool().consensus()).isEqualTo(0.25);
    assertRefused(text, "neighbours = 9", "neighbours = 0", "spectral.neighbours: found 0");
    assertRefused(text, "clusters = 10", "clusters = 1", "clusters: found 1, expected at least 2");
    assertRefused(text, "binary", "heavy", "spectral.weights: found \"heavy\"");
    assertRefused(text, "landmarks = 500", "landmarks = 5", "spectral.landmarks: found 5");
    assertRefused(text, "[5]", "[]", "spectral.commute-vectors: found []");
    assertRefused(text, "consensus = 0.25", "consensus = 2", "spectral.consensus: found 2");
    assertRefused(text, "restarts = 2", "restarts = two", "restarts");
  }

  private static void assertRefused(String text, String good, String bad, String message) {
    assertThatThrownBy(
            () -> SpectralEmbeddingOptions.of(ConfigFactory.parseString(text.replace(good, bad))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  private static SpectralEmbeddingOptions options(int clusters) {
    PoolOptions pool =
        new PoolOptions(
            Criterion.NCUT, 0.75, List.of(10, 20), List.of(1.5), 3, 50, List.of(30, 60), true, 300);
    return new SpectralEmbeddingOptions(
        clusters,
        3,
        List.of(),
        15,
        EdgeWeights.SELF_TUNING,
        Symmetrisation.MEAN,
        1000,
        10,
        30,
        pool);
  }

  private static SpectralEmbeddingOptions withCriterion(
      SpectralEmbeddingOptions options, Criterion criterion) {
    return new SpectralEmbeddingOptions(
        options.clusters(),
        options.seed(),
        options.views(),
        options.neighbours(),
        options.weights(),
        options.symmetrisation(),
        options.landmarks(),
        options.voters(),
        options.mostClusters(),
        options.pool().withCriterion(criterion));
  }

  private static SpectralClustering fit(FloatMatrix points, SpectralEmbeddingOptions options) {
    Neighbours self = Shapes.neighbours(points, Math.min(options.neighbours(), points.rows() - 1));
    return SpectralClustering.fit(self, options, EigenSolver.get());
  }

  /** The share of points that belong to the most frequent class of their cluster. */
  private static double agreement(int[] found, int[] expected) {
    int k = Arrays.stream(expected).max().getAsInt() + 1;
    int[][] counts = new int[k][k];
    for (int i = 0; i < found.length; i++) {
      counts[found[i]][expected[i]]++;
    }
    int agreed = 0;
    for (int[] row : counts) {
      agreed += Arrays.stream(row).max().getAsInt();
    }
    return (double) agreed / found.length;
  }
}
