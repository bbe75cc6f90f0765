package org.imageclustering.spark.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.UserException;
import org.imageclustering.coclustering.CoclusteringOptions;
import org.imageclustering.refine.SvmOptions;
import org.imageclustering.spark.data.DatasetKind;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.imageclustering.spark.settings.Settings;
import org.junit.jupiter.api.Test;

/** {@code cluster cocluster} on a small data set of documents. */
final class CoclusterMethodIT {
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  private final Method method = Methods.named("cocluster");

  private static Config config() {
    return ConfigFactory.parseString("clusters = 3, features = column, final = own")
        .withFallback(Settings.reference());
  }

  /** Returns documents of 12 words, four of which belong to each third of the documents. */
  private static MethodInput documents(int count) {
    StructType schema =
        new StructType()
            .add("id", DataTypes.LongType)
            .add("origin", DataTypes.StringType)
            .add("vector", DataTypes.createArrayType(DataTypes.FloatType));
    SplittableRandom random = new SplittableRandom(4);
    List<Row> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      Float[] words = new Float[12];
      for (int word = 0; word < words.length; word++) {
        words[word] = (float) random.nextInt(word % 3 == id % 3 ? 9 : 3);
      }
      rows.add(RowFactory.create(id, "d" + id, words));
    }
    return new MethodInput(
        new DatasetShape(DatasetKind.VECTORS, 1, 12, 1),
        SPARK.createDataFrame(rows, schema),
        count);
  }

  private void assertThirds(MethodInput input, MethodResult result) {
    List<Row> assignments = result.assignments().orderBy("id").collectAsList();
    long alike = 0;
    for (int i = 3; i < assignments.size(); i++) {
      alike += assignments.get(i).getInt(1) == assignments.get(i - 3).getInt(1) ? 1 : 0;
    }
    assertThat(alike).isGreaterThan(assignments.size() * 9L / 10);
    assertThat(result.tables().get("column-clusters").count()).isEqualTo(12);
    assertThat(
            method
                .transform(input, (Transformer) result.model())
                .select("id", "prediction", "confidence")
                .orderBy("id")
                .collectAsList())
        .isEqualTo(assignments);
  }

  @Test
  void documentsAreClusteredAndTheModelAssignsTheSame() {
    MethodInput input = documents(240);
    method.check(input.shape(), config());
    assertThirds(input, method.run(input, config(), new InMemoryStageStore()));
  }

  @Test
  void moreCoclustersAreRefinedAndMerged() {
    MethodInput input = documents(600);
    // Two components tell three kinds of documents apart; the others are noise.
    Config config = Settings.with(Settings.with(config(), "final", "svm"), "svm.components", 2);
    method.check(input.shape(), config);
    MethodResult result = method.run(input, config, new InMemoryStageStore());
    assertThirds(input, result);
    assertThat(result.assignments().select("prediction").distinct().count()).isEqualTo(3);
    assertThat(result.candidates().orElseThrow().select("prediction").distinct().count())
        .isEqualTo(6);
  }

  @Test
  void optionsThatDoNotFitAreErrors() {
    MethodInput input = documents(60);
    Config few = Settings.with(Settings.with(config(), "final", "svm"), "cocluster.initial", 2);
    assertThatThrownBy(() -> method.check(input.shape(), few))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot use cocluster.initial: found 2, expected at least the number of clusters, 3");
    Config engine = Settings.with(Settings.with(config(), "final", "svm"), "svm.engine", "x");
    assertThatThrownBy(() -> method.check(input.shape(), engine))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot use svm.engine: found \"x\", expected one of liblinear, mllib");
    Config most = Settings.with(Settings.with(config(), "final", "svm"), "svm.most", 100);
    method.checkRows(606, most);
    assertThatThrownBy(() -> method.checkRows(600, most))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("svm.most: found 100, expected fewer than a subset's rows, 100");
    Config hog = Settings.with(config(), "features", "hog");
    MethodInput images =
        new MethodInput(
            new DatasetShape(DatasetKind.IMAGES, 28, 28, 1), input.rows(), input.count());
    assertThatThrownBy(() -> method.check(images.shape(), hog))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("found pca.components = 128");
  }

  /** The defaults of the records and of reference.conf are the same. */
  @Test
  void referenceAndDefaultsAgree() {
    assertThat(CoclusteringOptions.of(config())).isEqualTo(CoclusteringOptions.defaults(3, 1));
    assertThat(SvmOptions.of(config(), 3)).isEqualTo(SvmOptions.defaults(3, 1));
  }
}
