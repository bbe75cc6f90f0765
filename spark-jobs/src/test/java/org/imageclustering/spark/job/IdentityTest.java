package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.imageclustering.spark.settings.Settings;
import org.junit.jupiter.api.Test;

final class IdentityTest {
  private static Identity of(String fingerprint, String... assignments) {
    Config config =
        Settings.resolve(
            "default", Map.of("clusters", 10), List.of(assignments), new Configuration());
    return Identity.ofClustering(Methods.named("k-means"), config, fingerprint);
  }

  @Test
  void settingsOfTheMethodAndTheInputCount() {
    String hash = of("a").hash();
    assertThat(hash).hasSize(64).isEqualTo(of("a").hash());
    assertThat(of("b").hash()).isNotEqualTo(hash);
    assertThat(of("a", "seed=2").hash()).isNotEqualTo(hash);
    assertThat(of("a", "k-means.restarts=2").hash()).isNotEqualTo(hash);
  }

  @Test
  void otherSettingsDoNot() {
    assertThat(of("a", "tables.cap=5").hash()).isEqualTo(of("a").hash());
    assertThat(of("a", "sa-net.layer.mine.k=5").hash()).isEqualTo(of("a").hash());
  }

  @Test
  void aSpellingOfTheSameValueIsTheSame() {
    assertThat(of("a", "k-means { restarts = 5 }").hash()).isEqualTo(of("a").hash());
  }

  @Test
  void theDifferenceNamesKeysWithBothValues() {
    assertThat(of("a").difference(of("a"))).isEmpty();
    assertThat(of("a").difference(of("b", "seed=2")))
        .isEqualTo("input fingerprint (a there, b now), seed (1 there, 2 now)");
  }

  @Test
  void itSurvivesJson() {
    assertThat(Identity.ofJson(of("a").toJson()).hash()).isEqualTo(of("a").hash());
  }
}
