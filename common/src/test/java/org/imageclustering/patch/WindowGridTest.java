package org.imageclustering.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WindowGridTest {
  private static final MapShape IMAGE = new MapShape(5, 7, 2);

  @Test
  void copiesWindowsAsRowsAndZerosAround() {
    MapShape image = new MapShape(2, 3, 1);
    WindowGrid grid = new WindowGrid(image, 2, 2, 2, Padding.SAME);
    float[] rows = new float[grid.positions() * grid.length()];
    grid.unfold(new float[] {1, 2, 3, 4, 5, 6}, 0, rows, 0);
    assertThat(grid.rows()).isEqualTo(1);
    assertThat(grid.columns()).isEqualTo(2);
    assertThat(rows).containsExactly(1, 2, 4, 5, 3, 0, 6, 0);
  }

  @ParameterizedTest
  @CsvSource({"3, 1, NONE", "3, 2, SAME", "4, 3, SAME", "5, 5, NONE", "1, 1, NONE", "5, 4, SAME"})
  void foldIsTheTransposedMapOfUnfold(int kernel, int stride, Padding padding) {
    WindowGrid grid = new WindowGrid(IMAGE, kernel, kernel, stride, padding);
    float[] image = random(IMAGE.length(), 1);
    float[] rows = random(grid.positions() * grid.length(), 2);
    float[] unfolded = new float[rows.length];
    float[] folded = new float[image.length];
    grid.unfold(image, 0, unfolded, 0);
    grid.fold(rows, 0, folded, 0);
    assertThat(dot(unfolded, rows)).isCloseTo(dot(image, folded), within(1e-4));
  }

  @Test
  void knowsWhereNothingNeedBeCopied() {
    assertThat(new WindowGrid(IMAGE, 1, 1, 1, Padding.NONE).isIdentity()).isTrue();
    assertThat(new WindowGrid(IMAGE, 5, 7, 1, Padding.NONE).isIdentity()).isTrue();
    assertThat(new WindowGrid(IMAGE, 5, 5, 1, Padding.NONE).isIdentity()).isFalse();
    assertThat(new WindowGrid(IMAGE, 1, 1, 2, Padding.NONE).isIdentity()).isFalse();
  }

  @Test
  void refusesWindowsThatDoNotFit() {
    assertThatThrownBy(() -> new WindowGrid(IMAGE, 6, 6, 1, Padding.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6x6")
        .hasMessageContaining("5x7x2");
    assertThatThrownBy(() -> new WindowGrid(IMAGE, 3, 3, 0, Padding.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stride 0");
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static float[] random(int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble() - 0.5f;
    }
    return values;
  }
}
