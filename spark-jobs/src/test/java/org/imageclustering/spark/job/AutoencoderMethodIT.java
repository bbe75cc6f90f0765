package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.spark.data.DatasetKind;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.junit.jupiter.api.Test;

/** {@code cluster aec} and {@code dac} on small images in colour, lit on one of three stripes. */
final class AutoencoderMethodIT {
  private static final int SIDE = 6;
  private static final int COUNT = 150;
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  private final Method method = Methods.named("aec");

  @Test
  void theResultHasBothPartitionsAndTheModelAssignsTheSame() {
    MethodInput input = stripes();
    MethodResult result = method.run(input, config("final = spectral"), new InMemoryStageStore());
    List<Row> assignments = result.assignments().orderBy("id").collectAsList();
    assertThat(assignments).hasSize(COUNT);
    for (int i = 3; i < COUNT; i++) {
      assertThat(assignments.get(i).getInt(1)).isEqualTo(assignments.get(i % 3).getInt(1));
    }
    Dataset<Row> candidates = result.candidates().orElseThrow();
    assertThat(candidates.filter("candidate = 'own'").count()).isEqualTo(COUNT);
    assertThat(result.tables().keySet())
        .contains("learning", "centres", "reconstructions", "candidates");
    assertThat(result.tables().get("learning").count()).isEqualTo(9);
    assertThat(result.tables().get("centres").count()).isEqualTo(3);
    assertThat(
            method
                .transform(input, (Transformer) result.model())
                .select("id", "prediction", "confidence")
                .orderBy("id")
                .collectAsList())
        .isEqualTo(assignments);
  }

  @Test
  void pairsOfImagesMakeAResultOfTheSameParts() {
    Method pairs = Methods.named("dac");
    MethodInput input = stripes();
    MethodResult result = pairs.run(input, config("final = k-means"), new InMemoryStageStore());
    assertThat(result.assignments().count()).isEqualTo(COUNT);
    assertThat(result.candidates().orElseThrow().filter("candidate = 'own'").count())
        .isEqualTo(COUNT);
    assertThat(result.tables().get("learning").count()).isEqualTo(6);
    assertThat(result.history().orElseThrow().count()).isEqualTo(4 * COUNT);
    assertThat(pairs.transform(input, (Transformer) result.model()).columns())
        .contains("features", "prediction", "confidence");
    assertThatThrownBy(() -> pairs.check(input.shape(), config("clusters = auto")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--clusters auto for dac");
  }

  @Test
  void optionsAreCheckedBeforeTheFirstJob() {
    MethodInput input = stripes();
    assertThat(method.estimate(input, config("")).driverBytes()).isPositive();
    assertThatThrownBy(() -> method.check(input.shape(), config("aec.code = 108")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use aec.code: found 108, expected less than the 108 numbers of an image");
    assertThatThrownBy(
            () ->
                Methods.named("dcae")
                    .check(input.shape(), config("dcae.code-activation = sigmoid")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use dcae.code-activation: found sigmoid, expected identity where dcae.whiten = true; set that to false");
    assertThatThrownBy(
            () -> Methods.named("dcae").check(input.shape(), config("dcae.kernels = [7, 5, 3]")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found a kernel of 7 x 7 on maps of 6x6x3");
  }

  private static Config config(String more) {
    return ConfigFactory.parseString(more)
        .withFallback(
            ConfigFactory.parseString(
                """
                clusters = 3, final = own
                spectral { commute-vectors = [5], restarts = 2, merged-centres = [20] }
                training { batch = 25, epoch-images = 0 }
                aec { hidden = [40], code = 4, warm-up-epochs = 6, epochs = 3, ramp-epochs = 2, first-epochs = 2
                      first-clusters = k-means, tolerance = 0 }
                dac { maps = [4, 6], kernels = [3, 3], strides = [2, 2], head = [8]
                      warm-up-epochs = 2, first-clusters = k-means, first-epochs = 2, epochs = 2
                      shift = 0 }
                """))
        .withFallback(ConfigFactory.parseResources("reference.conf"));
  }

  private static MethodInput stripes() {
    SplittableRandom random = new SplittableRandom(2);
    List<Row> rows = new ArrayList<>();
    for (long i = 0; i < COUNT; i++) {
      byte[] pixels = new byte[SIDE * SIDE * 3];
      for (int p = 0; p < pixels.length; p++) {
        boolean isLit = p / (2 * SIDE * 3) == i % 3;
        pixels[p] = (byte) (random.nextInt(40) + (isLit ? 200 : 0));
      }
      rows.add(RowFactory.create(i, "image#" + i, SIDE, SIDE, 3, pixels));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType, false)
            .add("origin", DataTypes.StringType, false)
            .add("height", DataTypes.IntegerType, false)
            .add("width", DataTypes.IntegerType, false)
            .add("channels", DataTypes.IntegerType, false)
            .add("pixels", DataTypes.BinaryType, false);
    return new MethodInput(
        new DatasetShape(DatasetKind.IMAGES, SIDE, SIDE, 3),
        SPARK.createDataFrame(rows, schema),
        COUNT);
  }
}
