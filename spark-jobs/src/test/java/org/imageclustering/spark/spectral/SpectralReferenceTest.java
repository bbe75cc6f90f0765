package org.imageclustering.spark.spectral;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.junit.jupiter.api.Test;

/** The defaults of the record, of the parameters and of reference.conf are the same. */
final class SpectralReferenceTest {
  @Test
  void referenceAndDefaultsAgree() {
    Config config =
        ConfigFactory.parseString("clusters = 10")
            .withFallback(ConfigFactory.parseResources("reference.conf"));
    SpectralEmbeddingOptions defaults = SpectralEmbeddingOptions.defaults(10, 1);
    assertThat(SpectralEmbeddingOptions.of(config)).isEqualTo(defaults);
    assertThat(new SpectralEmbedding().setK(10).options()).isEqualTo(defaults);
  }
}
