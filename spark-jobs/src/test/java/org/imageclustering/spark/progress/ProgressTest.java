package org.imageclustering.spark.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  @Test
  void aBarHasThirtyPlaces() {
    Progress progress = new Progress(System.err, "\r");
    assertThat(progress.line(7)).isEqualTo(" [" + "-".repeat(30) + "] 0/0 tasks, 7 s");
  }

  @Test
  void nothingIsDrawnWhereNothingHappened() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), "\r").close();
    assertThat(bytes.size()).isZero();
  }
}
