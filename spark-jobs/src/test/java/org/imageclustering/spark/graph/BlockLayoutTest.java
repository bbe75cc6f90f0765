package org.imageclustering.spark.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BlockLayoutTest {
  private static final int N = 1300;

  @Test
  void panelsHaveEveryColumnOnceAndAreEqualToOne() {
    for (int width = 1; width <= 40; width++) {
      for (int panels = 1; panels <= width; panels++) {
        BlockLayout layout = new BlockLayout(N, width, panels);
        int[] seen = new int[width];
        for (int p = 0; p < panels; p++) {
          assertThat(layout.panelWidth(p)).isBetween(width / panels, (width - 1) / panels + 1);
          for (int c = 0; c < layout.panelWidth(p); c++) {
            seen[layout.column(p, c)]++;
          }
        }
        assertThat(seen).containsOnly(1);
      }
    }
  }

  @Test
  void theFirstColumnsOfTheBlockAreTheFirstOfEveryPanel() {
    BlockLayout layout = new BlockLayout(N, 23, 4);
    for (int columns = 0; columns <= 23; columns++) {
      for (int p = 0; p < 4; p++) {
        int panel = p;
        int first = columns;
        long own =
            IntStream.range(0, layout.panelWidth(p))
                .filter(c -> layout.column(panel, c) < first)
                .count();
        assertThat(layout.ofFirst(columns, p)).isEqualTo((int) own);
      }
    }
  }

  /** From panels to parts of all columns, and back, nothing is lost or moved. */
  @Test
  void partsAndPanelsHoldTheSameBlock() {
    BlockLayout layout = new BlockLayout(N, 11, 3);
    float[] block = block(N * 11);
    float[][] panels = new float[3][];
    for (int p = 0; p < 3; p++) {
      panels[p] = panelOf(layout, block, p);
    }
    float[][] back = new float[3][];
    Arrays.setAll(back, p -> new float[panels[p].length]);
    for (int part = 0; part < layout.parts(); part++) {
      float[] rows = new float[layout.rows(part) * 11];
      for (int p = 0; p < 3; p++) {
        layout.toPart(layout.slice(panels[p], p, part), p, rows);
      }
      int first = layout.firstRow(part) * 11;
      assertThat(rows).isEqualTo(Arrays.copyOfRange(block, first, first + rows.length));
      for (int p = 0; p < 3; p++) {
        layout.toPanel(layout.fromPart(rows, p), p, part, back[p]);
      }
    }
    assertThat(back).isDeepEqualTo(panels);
  }

  @Test
  void theFirstColumnsComeBackInTheirOrder() {
    BlockLayout layout = new BlockLayout(N, 11, 3);
    float[] block = block(N * 11);
    float[] columns = new float[N * 5];
    for (int p = 0; p < 3; p++) {
      layout.toColumns(layout.first(5, p, panelOf(layout, block, p)), p, columns, 5);
    }
    for (int row = 0; row < N; row++) {
      assertThat(Arrays.copyOfRange(columns, row * 5, row * 5 + 5))
          .isEqualTo(Arrays.copyOfRange(block, row * 11, row * 11 + 5));
    }
  }

  private static float[] panelOf(BlockLayout layout, float[] block, int panel) {
    int panelWidth = layout.panelWidth(panel);
    float[] values = new float[N * panelWidth];
    for (int row = 0; row < N; row++) {
      for (int c = 0; c < panelWidth; c++) {
        values[row * panelWidth + c] = block[row * layout.width() + layout.column(panel, c)];
      }
    }
    return values;
  }

  private static float[] block(int length) {
    Random random = new Random(3);
    float[] block = new float[length];
    for (int i = 0; i < length; i++) {
      block[i] = random.nextFloat();
    }
    return block;
  }
}
