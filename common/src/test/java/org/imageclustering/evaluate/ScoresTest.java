package org.imageclustering.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.imageclustering.UserException;
import org.imageclustering.evaluate.ContingencyTable.Cell;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ScoresTest {
  private static final long SEED = Long.getLong("test.seed", 3);

  @TestFactory
  Stream<DynamicTest> scoresEqualScikitLearns() throws IOException {
    try (InputStream golden = ScoresTest.class.getResourceAsStream("scores.json")) {
      JsonNode cases = new ObjectMapper().readTree(golden);
      return StreamSupport.stream(cases.spliterator(), false)
          .map(
              golds ->
                  DynamicTest.dynamicTest(golds.get("name").asText(), () -> assertEqual(golds)));
    }
  }

  @Test
  void scoresIgnoreTheNamesOfClustersAndClasses() {
    Random random = new Random(SEED);
    for (int round = 0; round < 20; round++) {
      int[] clusters = random.ints(200, 0, 12).toArray();
      int[] labels =
          IntStream.range(0, 200)
              .map(i -> random.nextInt(3) == 0 ? random.nextInt(9) : clusters[i] % 9)
              .toArray();
      Scores scores = Scores.of(ContingencyTable.of(clusters, labels));
      Scores renamed =
          Scores.of(ContingencyTable.of(renamed(clusters, random), renamed(labels, random)));
      assertThat(values(renamed))
          .as("seed %d", SEED)
          .containsExactly(values(scores), within(1e-12));
    }
  }

  @Test
  void scoresIgnoreTheOrderOfImages() {
    int[] clusters = {0, 0, 1, 1, 2, 2, 2};
    int[] labels = {0, 1, 1, 1, 2, 2, 0};
    assertThat(Scores.of(ContingencyTable.of(reversed(clusters), reversed(labels))))
        .isEqualTo(Scores.of(ContingencyTable.of(clusters, labels)));
  }

  @Test
  void pairsOfBillionsOfImagesDoNotOverflow() {
    long many = 5_000_000_000L;
    ContingencyTable table =
        ContingencyTable.ofCells(
            List.of(
                new Cell(0, "cat", many),
                new Cell(1, "dog", many),
                new Cell(0, "dog", 1),
                new Cell(1, "cat", 1)));
    Scores scores = Scores.of(table);
    assertThat(scores.acc()).isEqualTo(2.0 * many / (2 * many + 2));
    assertThat(scores.ari()).isBetween(1 - 1e-8, 1.0);
    assertThat(scores.fscore()).isBetween(1 - 1e-8, 1.0);
  }

  @Test
  void withoutImagesNoScoreIsDefined() {
    assertThat(values(Scores.of(ContingencyTable.ofCells(List.of())))).containsOnly(Double.NaN);
  }

  @Test
  void labelsAreOrderedAsNumbersWhereAllAreNumbers() {
    assertThat(
            ContingencyTable.ofCells(List.of(new Cell(0, "10", 1), new Cell(0, "9", 1))).classes())
        .containsExactly("9", "10");
    assertThat(
            ContingencyTable.ofCells(List.of(new Cell(0, "10", 1), new Cell(0, "9a", 1))).classes())
        .containsExactly("10", "9a");
  }

  @Test
  void matchedRowsFormTheDiagonalAndTheOthersFollow() {
    int[] clusters = {0, 0, 1, 1, 1, 2, 2, 2, 2, 3};
    int[] labels = {7, 7, 5, 5, 5, 7, 7, 7, 5, 5};
    ContingencyTable table = ContingencyTable.of(clusters, labels);
    Matching matching = Matching.of(table);
    assertThat(matching.agreeing()).isEqualTo(6);
    assertThat(matching.rowOrder(table)).containsExactly(1, 2, 3, 0);
    assertThat(matching.classOf(0)).isEqualTo(-1);
  }

  @Test
  void idsTakenForLabelsAreNamed() {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < 2_100; i++) {
      cells.add(new Cell(i, "image-" + i, 1));
    }
    assertThatThrownBy(() -> ContingencyTable.ofCells(cells))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot compare clusters with labels: found 2100 clusters and 2100 distinct labels,"
                + " expected at most 4000000 pairs of them; are the labels categories?");
  }

  @Test
  void listsOfDifferentLengthAreRefused() {
    assertThatThrownBy(() -> ContingencyTable.of(new int[3], new int[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot compare partitions: found 2 labels, expected 3");
  }

  private static void assertEqual(JsonNode golden) {
    ContingencyTable table =
        ContingencyTable.of(ints(golden.get("clusters")), ints(golden.get("labels")));
    JsonNode expected = golden.get("scores");
    double[] wanted =
        Stream.of("acc", "nmi", "nmiMax", "nmiSqrt", "ari", "fscore", "purity")
            .mapToDouble(name -> expected.get(name).asDouble(Double.NaN))
            .toArray();
    double[] found = values(Scores.of(table));
    for (int i = 0; i < wanted.length; i++) {
      if (Double.isNaN(wanted[i])) {
        assertThat(found[i]).isNaN();
      } else {
        assertThat(found[i]).isCloseTo(wanted[i], within(1e-12));
      }
    }
  }

  private static double[] values(Scores s) {
    return new double[] {
      s.acc(), s.nmi(), s.nmiMax(), s.nmiSqrt(), s.ari(), s.fscore(), s.purity()
    };
  }

  private static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static int[] renamed(int[] ids, Random random) {
    List<Integer> names = new ArrayList<>(IntStream.range(0, 50).boxed().toList());
    Collections.shuffle(names, random);
    return Arrays.stream(ids).map(names::get).toArray();
  }

  private static int[] reversed(int[] ids) {
    return IntStream.range(0, ids.length).map(i -> ids[ids.length - 1 - i]).toArray();
  }
}
