package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.spark.Digits;
import org.imageclustering.spark.data.DatasetKind;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.junit.jupiter.api.Test;

/** {@code cluster wta} on a few real digits. */
final class WinnerTakeAllMethodIT {
  private static final int COUNT = 240;
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  private final Method method = Methods.named("wta");

  @Test
  void theResultHasBothPartitionsAndTheModelAssignsTheSame() throws IOException {
    MethodInput input = digits();
    MethodResult result = method.run(input, config("clusters = 4"), new InMemoryStageStore());
    List<Row> assignments = result.assignments().orderBy("id").collectAsList();
    assertThat(assignments).hasSize(COUNT);
    assertThat(result.clusters()).hasValue(4);
    Dataset<Row> coclusters = result.candidates().orElseThrow();
    assertThat(coclusters.filter("candidate = 'co-clusters'").count()).isEqualTo(COUNT);
    assertThat(coclusters.select("prediction").distinct().count()).isGreaterThan(4);
    assertThat(result.tables().keySet()).contains("learning", "kernels");
    assertThat(result.tables().get("kernels").count()).isEqualTo(8);
    assertThat(
            method
                .transform(input, (Transformer) result.model())
                .select("id", "prediction", "confidence")
                .orderBy("id")
                .collectAsList())
        .isEqualTo(assignments);
  }

  @Test
  void optionsAreCheckedBeforeTheFirstJob() throws IOException {
    MethodInput input = digits();
    assertThat(method.estimate(input, config("")).driverBytes()).isPositive();
    assertThat(method.findsClusters("own")).isTrue();
    assertThat(method.findsClusters("k-means")).isFalse();
    method.check(input.shape(), config("clusters = auto"));
    assertThatThrownBy(() -> method.check(input.shape(), config("wta.decoder-kernel = 29")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use wta.decoder-kernel: found 29, expected at most 28, the shorter side of images of 28 x 28");
    assertThatThrownBy(
            () -> method.check(input.shape(), config("wta.co-clusters = 3, clusters = 4")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use wta.co-clusters: found 3, expected at least the number of clusters, 4");
  }

  @Test
  void chainsThatTheImagesAreTooFewForAreRefusedBeforeTheNetworkIsTrained() {
    method.checkRows(COUNT, config("svm.most = 79"));
    method.checkRows(COUNT, config("svm.most = 80, final = k-means"));
    assertThatThrownBy(() -> method.checkRows(COUNT, config("svm.most = 80")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use svm.most: found 80, expected fewer than a subset's rows, 80 (240 rows in svm.subsets = 3)");
    assertThatThrownBy(
            () -> method.checkRows(1_000_000, config("svm { sample = 600, least = 200 }")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("svm.least: found 200")
        .hasMessageContaining("200 (600 rows");
  }

  private static Config config(String more) {
    return ConfigFactory.parseString(more)
        .withFallback(
            ConfigFactory.parseString(
                """
                clusters = 4, final = own
                training.batch = 40
                wta { maps = [8], kernels = [5], decoder-kernel = 7, lifetime-share = 0.1
                      epochs = 3, least-steps = 0, leaky-share = 0.3, rate = 5e-3, co-clusters = 8 }
                svm { components = 20, subsets = 3 }
                """))
        .withFallback(ConfigFactory.parseResources("reference.conf"));
  }

  private static MethodInput digits() throws IOException {
    Dataset<Row> rows =
        Digits.frame(SPARK, Digits.images(COUNT), 2)
            .selectExpr(
                "id",
                "concat('digit#', id) as origin",
                "image.height as height",
                "image.width as width",
                "image.channels as channels",
                "image.pixels as pixels");
    return new MethodInput(new DatasetShape(DatasetKind.IMAGES, 28, 28, 1), rows, COUNT);
  }
}
