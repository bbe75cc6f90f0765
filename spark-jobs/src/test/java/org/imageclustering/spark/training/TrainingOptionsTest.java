package org.imageclustering.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TrainingOptionsTest {
  @Test
  void workersFollowFromTheImagesAlone() {
    TrainingOptions three = new TrainingOptions(128, 3, 1, 0, 0, 0, 1);
    assertThat(three.workersFor(1_000_000)).isEqualTo(3);
    TrainingOptions auto = new TrainingOptions(128, 0, 1, 0, 0, 0, 1);
    assertThat(auto.workersFor(99_999)).isEqualTo(1);
    assertThat(auto.workersFor(100_000)).isEqualTo(2);
    assertThat(auto.workersFor(10_000_000)).isEqualTo(200);
  }

  @Test
  void smallSetsGoThroughAnEpochSeveralTimes() {
    TrainingOptions least = new TrainingOptions(128, 1, 1, 20_000, 0, 0, 1);
    assertThat(List.of(least.passes(5000), least.passes(15_000), least.passes(20_000)))
        .containsExactly(4, 2, 1);
    assertThat(least.passes(70_000)).isEqualTo(1);
    assertThat(least.inSinglePasses().passes(5000)).isEqualTo(1);
  }
}
