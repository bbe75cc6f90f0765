package org.imageclustering.spectral;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FilterRunnerTest {
  @Test
  void panelsCoverAllColumnsAndDifferByOneUnitAtMost() {
    for (int columns = 1; columns <= 130; columns++) {
      int units = (columns - 1) / FilterRunner.COLUMNS_AT_A_TIME + 1;
      for (int panels = 1; panels <= units; panels++) {
        assertThat(FilterRunner.firstColumn(0, panels, columns)).isZero();
        assertThat(FilterRunner.firstColumn(panels, panels, columns)).isEqualTo(columns);
        for (int p = 0; p < panels; p++) {
          int from = FilterRunner.firstColumn(p, panels, columns);
          int width = FilterRunner.firstColumn(p + 1, panels, columns) - from;
          int most = (units - 1) / panels + 1;
          assertThat(from % FilterRunner.COLUMNS_AT_A_TIME).isZero();
          assertThat(width).isBetween(1, most * FilterRunner.COLUMNS_AT_A_TIME);
        }
      }
    }
  }
}
