package org.imageclustering.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowIndexTest {
  @Test
  void findsEveryRowAndNoOther() {
    long seed = Long.getLong("test.seed", 3);
    Random random = new Random(seed);
    FloatMatrix rows = FloatMatrix.zeros(10_000, 3);
    for (int i = 0; i < rows.values().length; i++) {
      rows.values()[i] = (float) random.nextGaussian();
    }
    RowIndex index = new RowIndex(rows);
    for (int row = 0; row < rows.rows(); row++) {
      int offset = rows.offset(row);
      assertThat(index.find(rows.values(), offset)).as("-Dtest.seed=%d", seed).isEqualTo(row);
      float[] other = {
        rows.values()[offset], rows.values()[offset + 1], Math.nextUp(rows.values()[offset + 2])
      };
      assertThat(index.find(other, 0)).as("-Dtest.seed=%d", seed).isEqualTo(-1);
    }
  }

  @Test
  void ofEqualRowsTheFirstAndOfNoneNothing() {
    RowIndex index = new RowIndex(new FloatMatrix(3, 2, new float[] {1, 2, 3, 4, 1, 2}));
    assertThat(index.find(new float[] {9, 1, 2}, 1)).isZero();
    assertThat(new RowIndex(FloatMatrix.zeros(0, 2)).find(new float[] {1, 2}, 0)).isEqualTo(-1);
  }
}
