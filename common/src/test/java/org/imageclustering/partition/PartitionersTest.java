package org.imageclustering.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.imageclustering.criterion.ClusterLinks;
import org.imageclustering.criterion.Modularity;
import org.imageclustering.graph.CsrGraph;
import org.imageclustering.graph.EdgeWeights;
import org.imageclustering.graph.KnnGraph;
import org.imageclustering.graph.Symmetrisation;
import org.imageclustering.linalg.FloatMatrix;
import org.junit.jupiter.api.Test;

/** Contracts of the partitioners: all of K clusters used, and what each promises to improve. */
final class PartitionersTest {
  private static final Shapes.Labelled BLOBS = Shapes.blobs(120, 4, 2, 2, 1);
  private static final CsrGraph GRAPH =
      KnnGraph.of(Shapes.neighbours(BLOBS.points(), 10), EdgeWeights.BINARY, Symmetrisation.MEAN);

  @Test
  void localMovesRaiseModularityToWhereNoMoveDoes() {
    int[] start = random(120, 4, 9);
    int[] refined = LocalMoves.refine(GRAPH, start, 4);
    assertThat(modularity(refined, 4)).isGreaterThan(modularity(start, 4));
    assertThat(LocalMoves.refine(GRAPH, refined, 4)).isEqualTo(refined);
    for (int i = 0; i < 120; i++) {
      for (int c = 0; c < 4; c++) {
        int[] moved = refined.clone();
        moved[i] = c;
        assertThat(modularity(moved, 4)).isLessThanOrEqualTo(modularity(refined, 4) + 1e-12);
      }
    }
  }

  @Test
  void localMovesKeepEveryCluster() {
    int[] start = new int[120];
    start[7] = 1;
    start[8] = 2;
    assertThat(Labels.count(Labels.compact(LocalMoves.refine(GRAPH, start, 3)))).isEqualTo(3);
  }

  @Test
  void localMovesFindTheBlobsFromABadStart() {
    int[] start = BLOBS.labels().clone();
    for (int i = 0; i < 120; i += 5) {
      start[i] = (start[i] + 1) % 4;
    }
    assertThat(LocalMoves.refine(GRAPH, start, 4)).isEqualTo(BLOBS.labels());
  }

  @Test
  void greedyMergeJoinsThePartsOfEachBlob() {
    int[] fine = new int[120];
    for (int i = 0; i < 120; i++) {
      fine[i] = BLOBS.labels()[i] * 3 + (BLOBS.points().values()[2 * i] % 1 > 0.5f ? 1 : i % 3);
    }
    fine = Labels.compact(fine);
    int[] merged = GreedyMerge.merge(GRAPH, fine, Labels.count(fine), 4);
    assertThat(Shapes.samePartition(merged, BLOBS.labels())).isTrue();
  }

  @Test
  void wardJoinsTheHeavyLast() {
    FloatMatrix points = new FloatMatrix(4, 1, new float[] {0, 3, 10, 14});
    assertThat(Ward.cluster(points, new int[] {1, 1, 1, 1}, 3)).containsExactly(0, 0, 1, 2);
    assertThat(Ward.cluster(points, new int[] {50, 50, 1, 1}, 3)).containsExactly(0, 1, 2, 2);
    assertThat(Ward.cluster(points, new int[] {1, 1, 1, 1}, 4)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void agglomerationJoinsTheSamePairsAsASearchOfAllPairs() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 20; round++) {
      int m = 2 + random.nextInt(30);
      double[][] links = new double[m][m];
      for (int a = 0; a < m; a++) {
        for (int b = a + 1; b < m; b++) {
          links[a][b] = random.nextInt(6); // few values: many ties
          links[b][a] = links[a][b];
        }
      }
      int clusters = 1 + random.nextInt(m);
      assertThat(Agglomeration.run(new AverageLinks(links), m, clusters))
          .isEqualTo(AverageLinks.joinedByBruteForce(links, clusters));
    }
  }

  @Test
  void emptyClustersAreFilledWithOutliersOfTheLargest() {
    FloatMatrix points = new FloatMatrix(5, 1, new float[] {0, 0.1f, 9, 0.2f, 50});
    assertThat(Labels.complete(points, new int[] {3, 3, 3, 3, 1}, 3))
        .containsExactly(1, 1, 2, 1, 0);
  }

  @Test
  void clustersAreNumberedBySize() {
    assertThat(Labels.bySize(new int[] {2, 0, 1, 1, 0, 1}, 3)).containsExactly(2, 1, 0, 0, 1, 0);
  }

  @Test
  void duplicatesHaveOneOwner() {
    FloatMatrix points = new FloatMatrix(5, 2, new float[] {1, 2, 0f, 3, 1, 2, -0f, 3, 2, 1});
    DistinctPoints distinct = DistinctPoints.of(points);
    assertThat(distinct.points().rows()).isEqualTo(3);
    assertThat(distinct.owner()).containsExactly(0, 1, 0, 1, 2);
  }

  @Test
  void confidenceIsOneInsideAndAboutHalfOnTheBorder() {
    // A path of 9 nodes, cut after the fifth.
    int[] starts = {0, 1, 3, 5, 7, 9, 11, 13, 15, 16};
    int[] columns = {1, 0, 2, 1, 3, 2, 4, 3, 5, 4, 6, 5, 7, 6, 8, 7};
    float[] weights = new float[16];
    Arrays.fill(weights, 1);
    double[] confidence =
        WalkConfidence.of(
            new CsrGraph(starts, columns, weights), new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1}, 2);
    // Three steps from node 4 end at 1, 3, 5, 7 with 1/8, 3/8, 3/8, 1/8.
    assertThat(confidence[0]).isEqualTo(1);
    assertThat(confidence[4]).isEqualTo(0.5);
  }

  private static double modularity(int[] labels, int clusters) {
    return Modularity.of(ClusterLinks.of(GRAPH, labels, clusters));
  }

  private static int[] random(int n, int clusters, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return java.util.stream.IntStream.range(0, n).map(i -> random.nextInt(clusters)).toArray();
  }

  /** Groups whose cost is a sum over pairs, which joining changes in both directions. */
  private static final class AverageLinks implements Agglomeration.Groups {
    private final double[][] links;

    AverageLinks(double[][] links) {
      this.links = Arrays.stream(links).map(double[]::clone).toArray(double[][]::new);
    }

    @Override
    public double cost(int a, int b) {
      return -links[a][b];
    }

    @Override
    public void join(int a, int b) {
      for (int c = 0; c < links.length; c++) {
        links[a][c] += links[b][c] - 4;
        links[c][a] = links[a][c];
      }
    }

    static int[] joinedByBruteForce(double[][] links, int clusters) {
      AverageLinks groups = new AverageLinks(links);
      int[] owner = java.util.stream.IntStream.range(0, links.length).toArray();
      for (int left = links.length; left > clusters; left--) {
        int[] pair = null;
        for (int a = 0; a < owner.length; a++) {
          for (int b = a + 1; b < owner.length; b++) {
            boolean alive = owner[a] == a && owner[b] == b;
            if (alive && (pair == null || groups.cost(a, b) < groups.cost(pair[0], pair[1]))) {
              pair = new int[] {a, b};
            }
          }
        }
        groups.join(pair[0], pair[1]);
        int[] joined = pair;
        owner = Arrays.stream(owner).map(o -> o == joined[1] ? joined[0] : o).toArray();
      }
      return Labels.compact(owner);
    }
  }
}
