package org.imageclustering.spark.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.imageclustering.UserException;
import org.imageclustering.spark.Digits;
import org.imageclustering.spark.KeepingStore;
import org.imageclustering.spark.training.NetworkState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AE + DAC on the first of the bundled digits: 600 to learn, 200 that it has not seen. */
final class AdaptiveClusteringIT {
  private static final int FITTED = 600;
  private static final int IMAGES = 800;
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  private static final String SMALL =
      """
      training { batch = 50, epoch-images = 0, checkpoint-epochs = 0 }
      dac { maps = [8, 16, 24], kernels = [3, 3, 3], strides = [2, 2, 2], head = [32]
            warm-up-epochs = 4, first-clusters = k-means, first-epochs = 3, epochs = 5 }
      """;

  private static final List<Row> DIGITS = new ArrayList<>();
  private static final List<Integer> LABELS = new ArrayList<>();
  private static AdaptiveClusteringModel model;
  private static AdaptiveClustering estimator;
  private static List<Row> curve;

  @TempDir Path directory;

  @BeforeAll
  static void fit() throws IOException {
    DIGITS.addAll(Digits.images(IMAGES));
    LABELS.addAll(Digits.labels(IMAGES));
    estimator = estimator(SMALL);
    model = estimator.fit(frame(DIGITS.subList(0, FITTED), 3));
    curve = estimator.learningCurve().table(SPARK).collectAsList();
  }

  @Test
  void learnsToReconstructThenWhichImagesBelongTogether() {
    assertThat(curve).hasSize(12);
    assertThat(value(3, "loss")).isLessThan(0.8 * value(0, "loss"));
    assertThat(curve.get(3).isNullAt(7)).isTrue();
    assertThat(value(7, "xi")).isZero();
    assertThat(value(9, "xi")).isCloseTo(0.011, within(1e-6));
    assertThat(value(9, "upper")).isCloseTo(0.939, within(1e-6));
    assertThat(value(11, "positive pairs")).isBetween(0.02, 0.5);
    assertThat(value(11, "negative pairs")).isGreaterThan(0.3);
    assertThat(value(11, "pair loss")).isLessThan(value(5, "pair loss"));
  }

  @Test
  void findsDigitsAmongImagesThatItHasNotSeen() {
    SortedMap<Long, Row> found = transformed(model, DIGITS, 2);
    assertThat(accuracy(found)).isGreaterThan(0.3);
    assertThat(found.values())
        .allSatisfy(row -> assertThat(row.<Double>getAs("confidence")).isBetween(0.1, 1.0));
  }

  @Test
  void theHistoryHasEveryImageInEveryEpochWithClusters() {
    Dataset<Row> history = estimator.history();
    assertThat(history.groupBy("epoch").count().filter("count = " + FITTED).count()).isEqualTo(8);
    assertThat(history.filter("features is not null").select("epoch").distinct().count())
        .isBetween(2L, 6L);
    SortedMap<Long, Row> end = transformed(model, DIGITS.subList(0, FITTED), 1);
    for (Row row : history.filter("epoch = 12").collectAsList()) {
      assertThat(row.getInt(2)).isEqualTo(end.get(row.getLong(1)).<Integer>getAs("prediction"));
    }
  }

  @Test
  void stagesChangeNeitherTheNetworkNorItsHistory() {
    String settings =
        """
        training { batch = 50, epoch-images = 0, checkpoint-epochs = %d }
        dac { maps = [8, 16], kernels = [3, 3], strides = [2, 2], head = [16]
              warm-up-epochs = 1, first-clusters = k-means, first-epochs = 2
              epochs = 2, largest-share = 1 }
        """;
    Dataset<Row> digits = frame(DIGITS.subList(0, 200), 2);
    AdaptiveClustering whole = estimator(settings.formatted(0));
    KeepingStore store = new KeepingStore();
    AdaptiveClustering staged = estimator(settings.formatted(1)).setStageStore(store);
    assertThat(staged.fit(digits).network().parameters())
        .isEqualTo(whole.fit(digits).network().parameters());
    assertThat(store.names()).contains("training-to-epoch-4", "history-to-epoch-5");
    assertThat(clusters(staged)).hasSize(4 * 200).isEqualTo(clusters(whole));
  }

  private static List<Row> clusters(AdaptiveClustering fitted) {
    return fitted
        .history()
        .select("epoch", "id", "prediction")
        .orderBy("epoch", "id")
        .collectAsList();
  }

  @Test
  void theSameSeedGivesTheSameWhateverThePartitions() {
    AdaptiveClusteringModel again = estimator(SMALL).fit(frame(DIGITS.subList(0, FITTED), 5));
    assertThat(transformed(again, DIGITS, 3)).isEqualTo(transformed(model, DIGITS, 3));
  }

  @Test
  void aSavedModelAssignsAsTheOneThatWasSaved() throws IOException {
    String path = directory.resolve("model").toString();
    model.write().save(path);
    AdaptiveClusteringModel loaded = AdaptiveClusteringModel.load(path);
    assertThat(transformed(loaded, DIGITS, 3)).isEqualTo(transformed(model, DIGITS, 3));
  }

  @Test
  void averagedBatchStatisticsAreThoseOfAllWorkersImages() {
    String settings =
        "training { batch = 50, workers = %d, averaging-frequency = 1, epoch-images = 0, checkpoint-epochs = 0 }, dac { rate = 1e-12, warm-up-epochs = 1, first-epochs = 0, epochs = 1, shift = 0, turn = 0, zoom = 0, largest-share = 1 }";
    Dataset<Row> digits = frame(DIGITS.subList(0, 100), 2);
    NetworkState two = estimator(settings.formatted(2)).fit(digits).network();
    ComputationGraph network = two.network();
    float[] mean = network.getLayer("encoded-1").getParam("mean").toFloatVector();
    float[] square = network.getLayer("encoded-1").getParam("square").toFloatVector();
    // Parameters hardly move, so every step sees the same maps: m = (1 - .9^2) of theirs.
    double[][] maps = maps(two, DIGITS.subList(0, 100), 8);
    for (int c = 0; c < 8; c++) {
      assertThat((double) mean[c]).isCloseTo(0.19 * maps[0][c], within(4e-3));
      assertThat((double) square[c]).isCloseTo(0.81 + 0.19 * maps[1][c], within(4e-3));
    }
  }

  @Test
  void learnsClustersOfHistogramsOfGradientsInSeveralPassesAnEpoch() {
    AdaptiveClustering described =
        estimator(
            """
            training { batch = 50, epoch-images = 1000, checkpoint-epochs = 0 }
            dac { maps = [8, 16, 24], kernels = [3, 3, 3], strides = [2, 2, 2], head = [32]
                  warm-up-epochs = 1, first-clusters = spectral
                  first-features = hog, first-epochs = 6, epochs = 1 }
            """);
    Dataset<Row> digits = frame(DIGITS.subList(0, FITTED), 3);
    SortedMap<Long, Row> found = Digits.byId(described.fit(digits).transform(digits).drop("image"));
    // The head has learned half of them in 150 steps; drawn clusters would give about 0.15.
    assertThat(accuracy(found)).isGreaterThan(0.4);
  }

  @Test
  void oneClusterForAllIsAnErrorThatSaysWhy() {
    // With ten clusters one has a tenth at least: the threshold stands for all of them.
    String literal =
        """
        training { batch = 50, epoch-images = 0, checkpoint-epochs = 0 }
        dac { maps = [8, 16], kernels = [3, 3], strides = [2, 2], head = [32]
              warm-up-epochs = 0, first-clusters = none, epochs = 2, largest-share = 0.1, pairs = %s }
        """;
    Dataset<Row> digits = frame(DIGITS.subList(0, 120), 2);
    assertThatThrownBy(() -> estimator(literal.formatted("positives")).fit(digits))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("of the images in one cluster after epoch 1")
        .hasMessageContaining("set dac.pairs = both");
    assertThatThrownBy(() -> estimator(literal.formatted("both")).fit(digits))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("raise dac.alpha");
  }

  /** Means of the first convolution's numbers and of their squares, by channel. */
  private static double[][] maps(NetworkState state, List<Row> rows, int channels) {
    NetworkOutputs outputs = new NetworkOutputs(state);
    float[] images = new float[rows.size() * 784];
    for (int i = 0; i < rows.size(); i++) {
      byte[] pixels = rows.get(i).getStruct(1).getAs(3);
      for (int p = 0; p < 784; p++) {
        images[i * 784 + p] = (pixels[p] & 0xff) / 255f;
      }
    }
    float[] values = outputs.of(images, rows.size(), "encode-1")[0];
    double[][] means = new double[2][channels];
    for (int i = 0; i < values.length; i++) {
      means[0][i % channels] += values[i] * channels / (double) values.length;
      means[1][i % channels] += values[i] * values[i] * channels / (double) values.length;
    }
    return means;
  }

  private static double value(int epoch, String column) {
    return curve.get(epoch).<Double>getAs(column);
  }

  private static AdaptiveClustering estimator(String settings) {
    return new AdaptiveClustering().setK(10).setSeed(1).setSettings(settings);
  }

  private static SortedMap<Long, Row> transformed(
      AdaptiveClusteringModel model, List<Row> rows, int partitions) {
    return Digits.byId(model.transform(frame(rows, partitions)).drop("image"));
  }

  private static double accuracy(SortedMap<Long, Row> rows) {
    return Digits.scores(rows, LABELS).acc();
  }

  private static Dataset<Row> frame(List<Row> rows, int partitions) {
    return Digits.frame(SPARK, rows, partitions);
  }
}
