package org.imageclustering.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.linalg.SparseRows;
import org.junit.jupiter.api.Test;

final class RefinementTest {
  private static final long SEED = Long.getLong("test.seed", 3);

  /** Returns points around three corners; every third belongs to corner c. */
  private static FloatMatrix blobs(int count, double spread) {
    Random random = new Random(SEED);
    FloatMatrix points = FloatMatrix.zeros(count, 4);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 4; j++) {
        points.values()[points.offset(i) + j] =
            (float) ((i % 3 == j ? 3 : 0) + spread * random.nextGaussian());
      }
    }
    return points;
  }

  /** Returns initial clusters of which a share is wrong, and that share is less confident. */
  private static TrainingSet noisy(FloatMatrix points, double wrong) {
    Random random = new Random(SEED);
    int n = points.rows();
    int[] clusters = new int[n];
    float[] confidence = new float[n];
    for (int i = 0; i < n; i++) {
      boolean isWrong = random.nextDouble() < wrong;
      clusters[i] = isWrong ? (i + 1) % 3 : i % 3;
      confidence[i] = (isWrong ? 0 : 0.5f) + random.nextFloat();
    }
    Integer[] order = IntStream.range(0, n).boxed().toArray(Integer[]::new);
    java.util.Collections.shuffle(Arrays.asList(order), random);
    int[] shuffled = Arrays.stream(order).mapToInt(i -> i).toArray();
    return new TrainingSet(points, clusters, confidence, shuffled);
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    Arrays.stream(set).forEach(bits::set);
    return bits;
  }

  private static SvmOptions options(int clusters, Agreement rule) {
    SvmOptions defaults = SvmOptions.defaults(clusters, 1);
    return new SvmOptions(
        clusters,
        1,
        defaults.engine(),
        defaults.cost(),
        defaults.components(),
        defaults.sample(),
        defaults.growth(),
        Joining.AGREEMENT,
        rule,
        0,
        0.8);
  }

  @Test
  void chainsCorrectWrongInitialClusters() {
    FloatMatrix points = blobs(600, 0.7);
    TrainingSet set = noisy(points, 0.3);
    Growth growth = new Growth(3, 10, 10, 50);
    Chain chain = new Chain(set, growth, LiblinearEngine.of(points, 0.01));
    LinearClassifier[] classifiers = {chain.run(0), chain.run(1), chain.run(2)};
    PrincipalComponents none = new PrincipalComponents(FloatMatrix.zeros(1, 4), new float[4]);
    SvmClusters refined = new SvmClusters(none, classifiers, new int[] {0, 1, 2});
    long right =
        IntStream.range(0, 600).filter(i -> refined.nearest(points.row(i)) == i % 3).count();
    assertThat(right).as("seed %d", SEED).isGreaterThan(570);
  }

  @Test
  void theStartChangesTheSolutionWithinTheToleranceAlone() {
    FloatMatrix points = blobs(300, 1.5);
    int[] all = IntStream.range(0, 300).toArray();
    boolean[] positive = new boolean[300];
    for (int i = 0; i < 300; i++) {
      positive[i] = i % 3 == 0;
    }
    LiblinearEngine engine = LiblinearEngine.of(points, 0.1);
    LinearClassifier cold = engine.train(all, positive, null);
    boolean[] others = new boolean[300];
    for (int i = 0; i < 300; i++) {
      others[i] = i % 3 == 1;
    }
    LinearClassifier warm = engine.train(all, positive, engine.train(all, others, null));
    for (int j = 0; j < 4; j++) {
      assertThat(warm.weights()[j]).isCloseTo(cold.weights()[j], within(0.02f));
    }
  }

  /**
   * LinearSVC(C=0.5, dual=False, tol=1e-10).fit([[0, 0], [1, 0], [0, 1], [2, 2], [3, 1]], [-1, -1,
   * -1, 1, 1]) of scikit-learn 1.2.1: coef_ and intercept_.
   */
  @Test
  void weightsAreScikitLearns() {
    FloatMatrix points = new FloatMatrix(5, 2, new float[] {0, 0, 1, 0, 0, 1, 2, 2, 3, 1});
    LinearClassifier found =
        LiblinearEngine.of(points, 0.5)
            .train(
                new int[] {0, 1, 2, 3, 4}, new boolean[] {false, false, false, true, true}, null);
    assertThat(found.weights()[0]).isCloseTo(0.455556f, within(2e-3f));
    assertThat(found.weights()[1]).isCloseTo(0.300000f, within(2e-3f));
    assertThat(found.bias()).isCloseTo(-0.822222f, within(2e-3f));
  }

  @Test
  void theSignOfDistancesIsThatOfThePositiveClassWhicheverComesFirst() {
    FloatMatrix points = new FloatMatrix(2, 1, new float[] {1, -1});
    LiblinearEngine engine = LiblinearEngine.of(points, 1);
    for (boolean first : new boolean[] {true, false}) {
      LinearClassifier found = engine.train(new int[] {0, 1}, new boolean[] {first, !first}, null);
      assertThat(found.distance(points.values(), 0) > 0).isEqualTo(first);
      assertThat(found.distance(points.values(), 1) > 0).isEqualTo(!first);
    }
  }

  @Test
  void agreementIsMeasuredOnPositives() {
    BitSet one = bits(1, 2, 3, 4);
    BitSet other = bits(3, 4, 5, 6, 7, 8);
    assertThat(Agreement.OVERLAP.of(one, other, 100)).isEqualTo(0.5);
    assertThat(Agreement.JACCARD.of(one, other, 100)).isEqualTo(0.25);
    assertThat(Agreement.LITERAL.of(one, other, 100)).isEqualTo(0.94);
    assertThat(Agreement.OVERLAP.of(new BitSet(), other, 100)).isZero();
    assertThat(Agreement.LITERAL.of(new BitSet(), other, 100)).isEqualTo(0.94);
  }

  @Test
  void theMostAgreeingAreMergedFirst() {
    BitSet[] sets = {bits(1, 2, 3, 4), bits(10, 11), bits(1, 2, 3, 9), bits(10, 11, 12), bits(20)};
    ClassifierGroups threshold =
        ClassifierGroups.merge(sets, 30, options(SvmOptions.AUTO, Agreement.OVERLAP));
    assertThat(threshold.ofClassifiers()).containsExactly(0, 1, 2, 1, 3);
    ClassifierGroups three = ClassifierGroups.merge(sets, 30, options(3, Agreement.OVERLAP));
    assertThat(three.ofClassifiers()).containsExactly(0, 1, 0, 1, 2);
    assertThat(three.agreements()).containsExactly(1, 0.75);
    ClassifierGroups five = ClassifierGroups.merge(sets, 30, options(5, Agreement.OVERLAP));
    assertThat(five.count()).isEqualTo(5);
  }

  @Test
  void theLiteralRuleMergesDisjointClassifiers() {
    BitSet[] sets = {bits(1, 2), bits(10, 11), bits(20)};
    ClassifierGroups groups =
        ClassifierGroups.merge(sets, 100, options(SvmOptions.AUTO, Agreement.LITERAL));
    assertThat(groups.count()).isEqualTo(1);
  }

  /** Six initial clusters, two of each kind: neighbours tell which are parts of one. */
  @Test
  void classifiersOfOneKindAreJoinedByNeighbours() {
    FloatMatrix points = blobs(600, 0.7);
    TrainingSet set = halves(points, 0.1);
    JoinedClassifiers joined =
        JoinedClassifiers.of(trained(set, points), set, plainAxes(), SvmOptions.defaults(3, SEED));
    SvmClusters clusters = new SvmClusters(null, joined.classifiers(), joined.groups());
    int[] groupOfKind = groupsOfKinds(joined);
    assertThat(groupOfKind).as("seed %d", SEED).containsExactlyInAnyOrder(0, 1, 2);
    long right =
        IntStream.range(0, 600)
            .filter(i -> clusters.group(clusters.nearest(points.row(i))) == groupOfKind[i % 3])
            .count();
    assertThat(right).as("seed %d", SEED).isGreaterThan(570);
    assertThat(joined.isWorse()).isFalse();
    assertThat(joined.measures()).containsEntry("classifiers", 6).containsEntry("clusters", 3);
  }

  /** One classifier has grown over half of two kinds: joining alone would join two good ones. */
  @Test
  void aClassifierOfSeveralKindsIsGivenUp() {
    FloatMatrix points = blobs(600, 0.4);
    NeighbourGraph graph = NeighbourGraph.of(halves(points, 0), plainAxes(), 400);
    double[][] distances = new double[400][4];
    for (int i = 0; i < 400; i++) {
      int kind = graph.rows()[i] % 3;
      distances[i][kind] = 1;
      distances[i][3] = kind < 2 && graph.rows()[i] % 2 == 0 ? 2 : -1;
    }
    assertThat(NeighbourJoining.groups(graph, distances, 3)).containsExactly(0, 1, 2, -1);
    assertThat(NeighbourJoining.nearest(new double[] {0, 3, 1}, new int[] {1, -1, 0})).isZero();
  }

  @Test
  void aRefinementThatTearsNeighboursApartIsWorse() {
    FloatMatrix points = blobs(600, 0.5);
    TrainingSet set = halves(points, 0);
    LinearClassifier[] bad = new LinearClassifier[6];
    Arrays.setAll(bad, c -> new LinearClassifier(new float[] {0, 0, 0, c - 2.5f}, 0));
    assertThat(JoinedClassifiers.of(bad, set, plainAxes(), SvmOptions.defaults(3, SEED)).isWorse())
        .isTrue();
  }

  /** Classifiers that tear kinds apart are left behind: the initial clusters lead further. */
  @Test
  void refitsBeginWithTheInitialClustersWhereThoseLeadFurther() {
    FloatMatrix points = blobs(600, 0.7);
    TrainingSet set = halves(points, 0.1);
    LinearClassifier[] bad = new LinearClassifier[6];
    Arrays.setAll(bad, c -> new LinearClassifier(new float[] {0, 0, 0, c - 2.5f}, 0));
    JoinedClassifiers joined =
        JoinedClassifiers.of(bad, set, plainAxes(), SvmOptions.defaults(3, SEED));
    JoinedClassifiers refitted = joined.refitted(refit(points), 5, SEED);
    assertThat(refitted.isWorse()).as("seed %d", SEED).isFalse();
    assertThat(groupsOfKinds(refitted)).as("seed %d", SEED).containsExactlyInAnyOrder(0, 1, 2);
    assertThat((double) refitted.measures().get("modularity after refits of the initial clusters"))
        .isGreaterThan(
            (double) refitted.measures().get("modularity after refits of the joined classifiers"))
        .isEqualTo(refitted.measures().get("modularity of the refined clusters"));
    assertThat(joined.refitted(refit(points), 0, SEED)).isSameAs(joined);
  }

  /** Initial clusters that say nothing lead nowhere; those of the graph of neighbours do. */
  @Test
  void refitsBeginWithSpectralClustersWhereThoseLeadFurther() {
    FloatMatrix points = blobs(600, 0.5);
    Random random = new Random(SEED);
    int[] drawn = random.ints(600, 0, 3).toArray();
    float[] confidence = new float[600];
    Arrays.fill(confidence, 1);
    TrainingSet set = new TrainingSet(points, drawn, confidence, noisy(points, 0).subset(0, 1));
    LinearClassifier[] bad = new LinearClassifier[3];
    Arrays.setAll(bad, c -> new LinearClassifier(new float[] {0, 0, 0, c - 1.5f}, 0));
    JoinedClassifiers refitted =
        JoinedClassifiers.of(bad, set, plainAxes(), SvmOptions.defaults(3, SEED))
            .refitted(refit(points), 5, SEED);
    assertThat(groupsOfKinds(refitted)).as("seed %d", SEED).containsExactlyInAnyOrder(0, 1, 2);
    assertThat((double) refitted.measures().get("modularity after refits of the spectral clusters"))
        .isGreaterThan(
            (double) refitted.measures().get("modularity after refits of the initial clusters"))
        .isEqualTo(refitted.measures().get("modularity of the refined clusters"));
  }

  /** Returns the group of each kind's corner. */
  private static int[] groupsOfKinds(JoinedClassifiers joined) {
    SvmClusters clusters = new SvmClusters(null, joined.classifiers(), joined.groups());
    return IntStream.range(0, 3)
        .map(kind -> clusters.group(clusters.nearest(corner(kind))))
        .toArray();
  }

  private static JoinedClassifiers.Refit refit(FloatMatrix points) {
    LiblinearEngine engine = LiblinearEngine.of(points, 0.01);
    int[] rows = IntStream.range(0, points.rows()).toArray();
    return (labels, count) -> {
      LinearClassifier[] each = new LinearClassifier[count];
      for (int c = 0; c < count; c++) {
        boolean[] positive = new boolean[rows.length];
        for (int row : rows) {
          positive[row] = labels[row] == c;
        }
        each[c] = engine.train(rows, positive, null);
      }
      return each;
    };
  }

  private static float[] corner(int kind) {
    float[] corner = new float[4];
    corner[kind] = 3;
    return corner;
  }

  private static LinearClassifier[] trained(TrainingSet set, FloatMatrix points) {
    Chain chain = new Chain(set, new Growth(2, 10, 20, 90), LiblinearEngine.of(points, 0.01));
    LinearClassifier[] classifiers = new LinearClassifier[6];
    Arrays.setAll(classifiers, chain::run);
    return classifiers;
  }

  /** Returns axes on which points stay as they are. */
  private static PrincipalComponents plainAxes() {
    FloatMatrix axes = FloatMatrix.zeros(4, 4);
    for (int j = 0; j < 4; j++) {
      axes.values()[axes.offset(j) + j] = 1;
    }
    return new PrincipalComponents(axes, new float[4]);
  }

  /** Returns each kind cut into two initial clusters at random. */
  private static TrainingSet halves(FloatMatrix points, double wrong) {
    TrainingSet noisy = noisy(points, wrong);
    Random random = new Random(SEED);
    int n = points.rows();
    int[] clusters = new int[n];
    float[] confidence = new float[n];
    for (int i = 0; i < n; i++) {
      clusters[i] = noisy.cluster(i) + 3 * random.nextInt(2);
      confidence[i] = random.nextFloat() + (noisy.cluster(i) == i % 3 ? 0.5f : 0);
    }
    return new TrainingSet(points, clusters, confidence, noisy.subset(0, 1));
  }

  @Test
  void growthFollowsTheSizeOfTheData() {
    assertThat(Growth.defaults().resolved(60_000, 10)).isEqualTo(new Growth(6, 30, 77, 800));
    assertThat(Growth.defaults().resolved(60_000, 10).fits()).isEqualTo(67);
    assertThat(new Growth(6, 30, 10, 800).fits()).isEqualTo(469);
    assertThat(Growth.defaults().resolved(10_000, 10)).isEqualTo(new Growth(6, 30, 10, 133));
    assertThat(Growth.defaults().resolved(600, 10)).isEqualTo(new Growth(6, 2, 1, 8));
    assertThat(new Growth(6, 30, 10, 800).resolved(60_000, 20))
        .isEqualTo(new Growth(6, 30, 10, 800));
  }

  @Test
  void numbersThatDoNotFitASubsetAreErrors() {
    assertThatThrownBy(() -> new Growth(6, 30, 10, 800).resolved(3000, 10))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use svm.most: found 800, expected fewer than a subset's rows, 500 (3000 rows in"
                + " svm.subsets = 6)");
    assertThatThrownBy(() -> new Growth(6, 600, 0, 0).resolved(3000, 10))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Cannot use svm.least: found 600, expected fewer than");
    assertThatThrownBy(() -> new Growth(6, 30, 10, 20))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot use svm.most: found 20, expected at least svm.least, 30");
  }

  @Test
  void oneClusterAloneIsAnError() {
    FloatMatrix points = blobs(9, 1);
    assertThatThrownBy(() -> new TrainingSet(points, new int[9], new float[9], new int[9]))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot refine clusters: found 1 with rows, expected at least 2");
  }

  @Test
  void componentsHaveUnitDeviationAndNoCorrelation() {
    Random random = new Random(SEED);
    int rows = 200;
    int width = 30;
    int[] start = new int[rows + 1];
    int[] columns = new int[rows * width];
    float[] values = new float[rows * width];
    int count = 0;
    for (int i = 0; i < rows; i++) {
      int from = count;
      for (int j = 0; j < width; j++) {
        if (random.nextInt(3) > 0) {
          columns[count] = j;
          values[count++] = random.nextFloat() * (1 + j % 5);
        }
      }
      float[] unit = PrincipalComponents.unit(Arrays.copyOfRange(values, from, count));
      System.arraycopy(unit, 0, values, from, unit.length);
      start[i + 1] = count;
    }
    SparseRows block =
        new SparseRows(width, start, Arrays.copyOf(columns, count), Arrays.copyOf(values, count));
    PrincipalComponents components =
        PrincipalComponents.fit(new SparseRows[] {block}, width, 6, SEED);
    double[][] moments = new double[7][6];
    for (int i = 0; i < rows; i++) {
      float[] point =
          components.point(
              Arrays.copyOfRange(columns, start[i], start[i + 1]),
              Arrays.copyOfRange(values, start[i], start[i + 1]));
      for (int a = 0; a < 6; a++) {
        moments[6][a] += point[a] / rows;
        for (int b = 0; b < 6; b++) {
          moments[a][b] += (double) point[a] * point[b] / rows;
        }
      }
    }
    for (int a = 0; a < 6; a++) {
      assertThat(moments[6][a]).as("seed %d", SEED).isCloseTo(0, within(1e-4));
      for (int b = 0; b < 6; b++) {
        assertThat(moments[a][b]).isCloseTo(a == b ? 1 : 0, within(1e-3));
      }
    }
  }
}
