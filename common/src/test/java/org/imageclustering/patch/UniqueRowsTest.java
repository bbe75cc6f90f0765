package org.imageclustering.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class UniqueRowsTest {
  @Test
  void equalRowsGetTheNumberOfTheFirst() {
    UniqueRows rows = new UniqueRows(2);
    float[] values = {1, 2, 3, 4, 1, 2};
    assertThat(rows.add(values, 0)).isZero();
    assertThat(rows.add(values, 2)).isEqualTo(1);
    assertThat(rows.add(values, 4)).isZero();
    assertThat(rows.toMatrix().values()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void numbersAsAMapWouldWhileTheTableGrows() {
    long seed = Long.getLong("test.seed", 7);
    Random random = new Random(seed);
    UniqueRows rows = new UniqueRows(3);
    Map<String, Integer> expected = new LinkedHashMap<>();
    for (int i = 0; i < 50_000; i++) {
      float[] row = {random.nextInt(30), random.nextInt(30), random.nextInt(30)};
      int number = expected.computeIfAbsent(Arrays.toString(row), r -> expected.size());
      assertThat(rows.add(row, 0)).as("row %d, -Dtest.seed=%d", i, seed).isEqualTo(number);
    }
    assertThat(rows.count()).isEqualTo(expected.size());
  }
}
