package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SweepAxisTest {
  private static List<String> names(String text) {
    SweepAxis axis = SweepAxis.parse(text);
    return axis.values().stream().map(axis::nameOf).toList();
  }

  @Test
  void plainValuesAreTheirNames() {
    assertThat(names("spectral.neighbours=5,10")).containsExactly("neighbours=5", "neighbours=10");
  }

  @Test
  void valuesThatDifferInWhatANameCannotHoldDoNotShareOne() {
    List<String> names = names("config=\"a b\",\"a/b\",\"a  b\",a_b,\"\\\"a_b\\\"\"");
    assertThat(names).doesNotHaveDuplicates().contains("config=a_b").hasSize(5);
    assertThat(names).allMatch(name -> name.matches("config=a_b(-[0-9a-f]{8})?"));
  }

  @Test
  void norDoThoseThatDifferBeyondTheLongestName() {
    String long60 = "x".repeat(60);
    List<String> names = names("config=" + long60 + "1," + long60 + "2");
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.length() == 69);
  }

  @Test
  void aListKeepsItsNameFromCallToCall() {
    assertThat(names("sa-net.network=[first],[first,second]"))
        .isEqualTo(names("sa-net.network=[first], [first, second]"))
        .doesNotHaveDuplicates();
  }
}
