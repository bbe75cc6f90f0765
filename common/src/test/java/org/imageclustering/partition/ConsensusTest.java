package org.imageclustering.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConsensusTest {
  @Test
  void numbersOfClustersDoNotMatter() {
    int[] truth = {0, 0, 0, 1, 1, 1, 2, 2, 2};
    int[] renamed = {2, 2, 2, 0, 0, 0, 1, 1, 1};
    int[] oneWrong = {1, 1, 0, 0, 0, 0, 2, 2, 2};
    assertThat(Consensus.of(List.of(oneWrong, truth, renamed), oneWrong, 3))
        .containsExactly(1, 1, 1, 0, 0, 0, 2, 2, 2);
  }

  @Test
  void aTieStaysWithTheReference() {
    int[] first = {0, 0, 0, 0, 1, 1, 1, 1};
    int[] second = {0, 0, 0, 1, 1, 1, 1, 1};
    assertThat(Consensus.of(List.of(first, second), first, 2)).isEqualTo(first);
    assertThat(Consensus.of(List.of(first, second), second, 2)).isEqualTo(second);
  }

  @Test
  void manyPoorPartitionsMakeAGoodOne() {
    int[] truth = new int[600];
    Arrays.setAll(truth, i -> i % 6);
    List<int[]> voters = new ArrayList<>();
    for (int v = 0; v < 25; v++) {
      SplittableRandom random = new SplittableRandom(v);
      int shift = v;
      voters.add(
          Arrays.stream(truth)
              .map(c -> random.nextDouble() < 0.35 ? random.nextInt(6) : (c + shift) % 6)
              .toArray());
    }
    int[] voted = Consensus.of(voters, voters.get(0), 6);
    assertThat(Shapes.samePartition(voted, truth)).isTrue();
  }

  /** The reference joins two clusters and has a single point for a third. */
  @Test
  void clustersThatTheReferenceHasJoinedAreToldApart() {
    int[] truth = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
    int[] joined = {0, 0, 0, 1, 0, 0, 0, 2, 2, 2};
    int[] voted = Consensus.of(List.of(joined, truth, truth), joined, 3);
    assertThat(Shapes.samePartition(voted, truth)).isTrue();
    int[] nothingInCommon = {0, 0, 0, 0, 0, 0, 0, 2, 2, 1};
    voted = Consensus.of(List.of(nothingInCommon, truth, truth), nothingInCommon, 3);
    assertThat(Shapes.samePartition(voted, truth)).isTrue();
  }

  @Test
  void noClusterBecomesEmpty() {
    int[] start = {0, 0, 0, 0, 1};
    int[] other = {0, 0, 1, 1, 0};
    int[] voted = Consensus.of(List.of(other, other, other), start, 2);
    assertThat(Labels.sizes(voted, 2)).doesNotContain(0);
  }
}
