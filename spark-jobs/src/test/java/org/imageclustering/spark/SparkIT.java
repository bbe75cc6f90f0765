package org.imageclustering.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

final class SparkIT {
  @Test
  void aSessionCounts() {
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    assertThat(spark.range(10).count()).isEqualTo(10);
  }
}
