package org.imageclustering.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.imageclustering.graph.NeighbourIndex;
import org.imageclustering.graph.Neighbours;
import org.imageclustering.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NeighbourIndexTest {
  private static final long SEED = Long.getLong("test.seed", 20261121L);

  @ParameterizedTest(name = "n = {0}, d = {1}, k = {2}, levels = {3}")
  @CsvSource({
    "1, 1, 1, 0",
    "2, 3, 5, 0",
    "7, 1, 3, 2",
    "50, 2, 50, 3",
    "300, 5, 17, 2",
    "300, 121, 17, 0",
    "500, 1, 9, 0",
    "500, 1, 9, 4",
    "400, 3, 1, 1",
    "40, 4096, 5, 0",
    "900, 27, 12, 3"
  })
  void exactAndAllCellsGiveTheOrderByDistanceAndId(int n, int d, int k, int levels) {
    FloatMatrix points = random(n, d, levels);
    FloatMatrix queries = random(23, d, levels);
    Neighbours expected = plain(points, queries, k);
    NeighbourIndex exact = ExactIndex.of(points);
    NeighbourIndex cells = CellIndex.build(points, new CellOptions(Math.min(n, 9), 1000, SEED));
    assertSame(exact.search(queries, k), expected);
    assertSame(cells.search(queries, k), expected);
    assertSame(cells.searchSelf(0, n, k), exact.searchSelf(0, n, k));
  }

  @Test
  void aPointIsNotItsOwnNeighbourButItsEqualsAre() {
    FloatMatrix points = new FloatMatrix(5, 1, new float[] {1, 1, 1, 1, 2});
    for (NeighbourIndex index : both(points)) {
      Neighbours found = index.searchSelf(0, 5, 2);
      assertThat(found.ids()).containsExactly(1, 2, 0, 2, 0, 1, 0, 1, 0, 1);
      assertThat(found.distances()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
    }
  }

  @Test
  void missingNeighboursAreMarked() {
    FloatMatrix points = new FloatMatrix(2, 1, new float[] {0, 3});
    for (NeighbourIndex index : both(points)) {
      assertThat(index.searchSelf(0, 2, 3).ids()).containsExactly(1, -1, -1, 0, -1, -1);
      assertThat(index.searchSelf(1, 2, 2).distances()).containsExactly(3, Float.POSITIVE_INFINITY);
    }
  }

  @Test
  void constantPointsAreOrderedById() {
    int n = 6000; // more than any list of candidates holds, and cells that k-means cannot split
    FloatMatrix points = FloatMatrix.zeros(n, 3);
    for (NeighbourIndex index : both(points)) {
      Neighbours found = index.searchSelf(n - 2, n, 4);
      assertThat(found.distances()).containsOnly(0);
    }
    assertThat(ExactIndex.of(points).searchSelf(1, 3, 4).ids())
        .containsExactly(0, 2, 3, 4, 0, 1, 3, 4);
    CellIndex cells = CellIndex.build(points, new CellOptions(20, 10_000, SEED));
    assertThat(cells.cells()).isGreaterThan(1);
    assertThat(cells.searchSelf(1, 3, 4).ids()).containsExactly(0, 2, 3, 4, 0, 1, 3, 4);
  }

  @Test
  void nearTiesFarFromTheOriginAreToldApart() {
    // Scores of about 1e6 differ in their last bits only: rounding would choose at random.
    Random random = new Random(SEED);
    float[] values = new float[2000 * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (1000 + 0.01 * random.nextGaussian());
    }
    FloatMatrix points = new FloatMatrix(2000, 8, values);
    FloatMatrix queries = points.select(IntStream.range(0, 30).toArray());
    Neighbours expected = plain(points, queries, 6);
    assertSame(ExactIndex.of(points).search(queries, 6), expected);
    CellOptions all = new CellOptions(10, 100, SEED);
    assertSame(CellIndex.build(points, all).search(queries, 6), expected);
  }

  @Test
  void resultsDoNotDependOnTheBatch() {
    FloatMatrix points = random(6000, 17, 0);
    for (NeighbourIndex index : both(points)) {
      Neighbours all = index.searchSelf(0, 6000, 7);
      for (int[] range : new int[][] {{0, 1}, {17, 18}, {100, 333}, {1000, 5999}, {5999, 6000}}) {
        Neighbours part = index.searchSelf(range[0], range[1], 7);
        assertThat(part.ids())
            .as("rows %s to %s, seed %s", range[0], range[1], SEED)
            .isEqualTo(java.util.Arrays.copyOfRange(all.ids(), range[0] * 7, range[1] * 7));
      }
    }
  }

  @Test
  void recallOfClusteredPointsIsHigh() {
    FloatMatrix points = clustered(12_000, 20);
    CellIndex index = CellIndex.build(points, CellOptions.auto(SEED));
    assertThat(index.cells()).isGreaterThan(100);
    Neighbours found = index.searchSelf(0, points.rows(), 17);
    assertThat(Recall.of(points, found, 500, SEED)).isGreaterThan(0.97);
  }

  @Test
  void probesAreChosenByThePoints() {
    FloatMatrix scattered = random(9000, 40, 0);
    CellIndex index = CellIndex.build(scattered, CellOptions.auto(SEED));
    assertThat(index.probes()).isGreaterThan(index.cells() / 4);
    assertThat(Recall.of(scattered, index.searchSelf(0, 9000, 17), 300, SEED))
        .as("seed %s", SEED)
        .isGreaterThan(0.97);
  }

  @Test
  void recallCountsWhatIsMissing() {
    FloatMatrix points = random(200, 3, 0);
    Neighbours right = ExactIndex.of(points).searchSelf(0, 200, 10);
    assertThat(Recall.of(points, right, 1000, SEED)).isEqualTo(1);
    float[] worse = right.distances().clone();
    for (int i = 9; i < worse.length; i += 10) {
      worse[i] *= 2;
    }
    assertThat(Recall.of(points, new Neighbours(200, 10, right.ids(), worse), 1000, SEED))
        .isEqualTo(0.9);
  }

  /** Seven of eight points in a small corner. */
  private static FloatMatrix crowded(int n, int d) {
    float[] values = new float[n * d];
    Random random = new Random(SEED);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          i < values.length / 8 * 7 ? 1e-3f * random.nextFloat() : 1000 * random.nextFloat();
    }
    return new FloatMatrix(n, d, values);
  }

  @Test
  void oversizedCellsAreSplit() {
    FloatMatrix points = crowded(8000, 1);
    CellIndex index = CellIndex.build(points, new CellOptions(40, 3, SEED));
    assertThat(index.largestCell()).isLessThanOrEqualTo(4 * 8000 / 40 + 1);
    Neighbours all = index.searchSelf(0, 8000, 3);
    assertThat(Recall.of(points, all, 400, SEED)).isGreaterThan(0.95);
  }

  /** A point of a cell that was split may lie nearer to other centres than to its own. */
  @Test
  void everyPointIsFoundEvenWhereASearchMissesIt() throws IOException, ClassNotFoundException {
    FloatMatrix points = crowded(8000, 2);
    CellIndex cells = CellIndex.build(points, new CellOptions(40, 1, SEED));
    int missed = 0;
    for (NeighbourIndex index : new NeighbourIndex[] {cells, sent(cells), ExactIndex.of(points)}) {
      Neighbours nearest = index.search(points, 1);
      for (int i = 0; i < points.rows(); i++) {
        missed += nearest.ids()[i] == i ? 0 : 1;
        assertThat(index.indexOf(points.values(), points.offset(i))).isEqualTo(i);
      }
      assertThat(index.indexOf(new float[] {-1, -1}, 0)).isEqualTo(-1);
    }
    assertThat(missed).as("seed %s", SEED).isPositive();
  }

  @Test
  void anIndexSurvivesItsJourney() throws IOException, ClassNotFoundException {
    FloatMatrix points = random(700, 4, 0);
    for (NeighbourIndex index : both(points)) {
      NeighbourIndex arrived = sent(index);
      assertThat(arrived.points().values()).isEqualTo(points.values());
      assertSame(arrived.searchSelf(3, 60, 5), index.searchSelf(3, 60, 5));
    }
  }

  @Test
  void wrongInputIsNamed() {
    float[] bad = {1, 2, Float.NaN, 4};
    FloatMatrix points = new FloatMatrix(4, 1, bad);
    assertThatThrownBy(() -> ExactIndex.of(points)).hasMessageContaining("at point 2");
    assertThatThrownBy(() -> CellIndex.build(points, CellOptions.auto(1)))
        .hasMessageContaining("at point 2");
    FloatMatrix none = FloatMatrix.zeros(0, 3);
    assertThatThrownBy(() -> CellIndex.build(none, CellOptions.auto(1)))
        .hasMessageContaining("found 0 x 3 points");
    NeighbourIndex index = ExactIndex.of(FloatMatrix.zeros(2, 3));
    assertThatThrownBy(() -> index.search(FloatMatrix.zeros(1, 2), 1))
        .hasMessageContaining("found queries of 2 dimensions, expected 3");
    assertThatThrownBy(() -> index.search(FloatMatrix.zeros(1, 3), 0))
        .hasMessageContaining("found k = 0");
    assertThatThrownBy(() -> new CellOptions(-1, 0, 1)).hasMessageContaining("cells = -1");
    assertThatThrownBy(() -> new CellOptions(1, -2, 1)).hasMessageContaining("probes = -2");
  }

  private static NeighbourIndex[] both(FloatMatrix points) {
    return new NeighbourIndex[] {
      ExactIndex.of(points), CellIndex.build(points, CellOptions.auto(SEED))
    };
  }

  private static NeighbourIndex sent(NeighbourIndex index)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(index);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (NeighbourIndex) in.readObject();
    }
  }

  private static void assertSame(Neighbours found, Neighbours expected) {
    assertThat(found.ids()).as("seed %s", SEED).isEqualTo(expected.ids());
    for (int i = 0; i < expected.distances().length; i++) {
      float distance = expected.distances()[i];
      assertThat(found.distances()[i])
          .as("seed %s", SEED)
          .isBetween(distance * (1 - 1e-6f), distance * (1 + 1e-6f));
    }
  }

  /** Sorts all distances: the definition. */
  private static Neighbours plain(FloatMatrix points, FloatMatrix queries, int k) {
    int[] ids = new int[queries.rows() * k];
    float[] distances = new float[ids.length];
    for (int q = 0; q < queries.rows(); q++) {
      double[] all = new double[points.rows()];
      for (int p = 0; p < all.length; p++) {
        for (int j = 0; j < points.columns(); j++) {
          double difference =
              (double) queries.values()[queries.offset(q) + j]
                  - points.values()[points.offset(p) + j];
          all[p] += difference * difference;
        }
      }
      int[] order =
          IntStream.range(0, all.length)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer p) -> all[p]).thenComparingInt(p -> p))
              .mapToInt(Integer::intValue)
              .toArray();
      for (int i = 0; i < k; i++) {
        ids[q * k + i] = i < order.length ? order[i] : -1;
        distances[q * k + i] =
            i < order.length ? (float) Math.sqrt(all[order[i]]) : Float.POSITIVE_INFINITY;
      }
    }
    return new Neighbours(queries.rows(), k, ids, distances);
  }

  /** Gaussian numbers, or small integers with many ties where {@code levels} is above zero. */
  private static FloatMatrix random(int n, int d, int levels) {
    Random random = new Random(SEED + 31L * n + d);
    float[] values = new float[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = levels == 0 ? (float) random.nextGaussian() : random.nextInt(levels);
    }
    return new FloatMatrix(n, d, values);
  }

  /** Points near a curved surface of few dimensions, as patches of images are. */
  private static FloatMatrix clustered(int n, int d) {
    Random random = new Random(SEED);
    float[] values = new float[n * d];
    for (int i = 0; i < n; i++) {
      double[] latent = random.doubles(4, -3, 3).toArray();
      for (int j = 0; j < d; j++) {
        double phase = latent[j % 4] * (1 + 0.1 * j) + latent[(j + 1) % 4];
        values[i * d + j] = (float) (Math.sin(phase) + 0.02 * random.nextGaussian());
      }
    }
    return new FloatMatrix(n, d, values);
  }
}
