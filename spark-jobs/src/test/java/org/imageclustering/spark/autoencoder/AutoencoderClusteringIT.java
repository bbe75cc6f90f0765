package org.imageclustering.spark.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.spark.Digits;
import org.imageclustering.spark.KeepingStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AEC on the first 800 of the bundled digits: 600 to learn, 200 that it has not seen. */
final class AutoencoderClusteringIT {
  private static final int FITTED = 600;
  private static final int IMAGES = 800;
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  /** A small network, so that the test takes seconds. */
  private static final String SMALL =
      """
      training { batch = 50, epoch-images = 0, checkpoint-epochs = 0 }
      aec { hidden = [128, 64], code = 10, warm-up-epochs = 14, epochs = 4, ramp-epochs = 3, first-epochs = 2
            first-clusters = k-means, empty-clusters = keep }
      """;

  private static final List<Row> DIGITS = new ArrayList<>();
  private static final List<Integer> LABELS = new ArrayList<>();
  private static AutoencoderClusteringModel model;
  private static List<Row> curve;

  @TempDir Path directory;

  @BeforeAll
  static void fit() throws IOException {
    DIGITS.addAll(Digits.images(IMAGES));
    LABELS.addAll(Digits.labels(IMAGES));
    AutoencoderClustering estimator = estimator(SMALL);
    model = estimator.fit(frame(DIGITS.subList(0, FITTED), 3));
    curve = estimator.learningCurve().table(SPARK).collectAsList();
  }

  @Test
  void learnsToReconstructThenDrawsCodesToTheirCentres() {
    assertThat(curve).hasSize(18);
    assertThat(value(13, "loss")).isLessThan(0.7 * value(0, "loss"));
    assertThat(curve.get(13).isNullAt(3)).isTrue();
    assertThat(value(17, "distance")).isLessThan(0.8 * value(14, "distance"));
    assertThat(value(17, "lambda")).isEqualTo(10);
  }

  @Test
  void findsDigitsAmongImagesThatItHasNotSeen() {
    SortedMap<Long, Row> found = transformed(model, DIGITS, 2);
    assertThat(accuracy(found)).isGreaterThan(0.3);
    assertThat(found.values())
        .allSatisfy(row -> assertThat(row.<Double>getAs("confidence")).isBetween(0.0, 1.0));
    Vector code = found.get(700L).getAs("features");
    assertThat(code.size()).isEqualTo(10);
  }

  @Test
  void theSameSeedGivesTheSameWhateverThePartitions() {
    AutoencoderClusteringModel again = estimator(SMALL).fit(frame(DIGITS.subList(0, FITTED), 5));
    assertThat(again.network().parameters()).isEqualTo(model.network().parameters());
    assertThat(again.centres()).isDeepEqualTo(model.centres());
  }

  @Test
  void stagesChangeNeitherTheNetworkNorItsHistory() {
    String settings =
        """
        training { batch = 50, epoch-images = 0, checkpoint-epochs = %d }
        aec { hidden = [32], code = 4, warm-up-epochs = 2, epochs = 3, first-epochs = 2
              tolerance = 0, first-clusters = spectral, empty-clusters = keep }
        spectral { commute-vectors = [5], restarts = 2, merged-centres = [20] }
        """;
    Dataset<Row> digits = frame(DIGITS.subList(0, 200), 2);
    AutoencoderClustering whole = estimator(settings.formatted(0));
    KeepingStore store = new KeepingStore();
    AutoencoderClustering staged = estimator(settings.formatted(1)).setStageStore(store);
    assertThat(staged.fit(digits).network().parameters())
        .isEqualTo(whole.fit(digits).network().parameters());
    assertThat(store.names()).contains("training-to-epoch-4", "history-to-epoch-5");
    assertThat(clusters(staged)).hasSize(3 * 200).isEqualTo(clusters(whole));
  }

  @Test
  void centresStayAsLongAsTheFirstClusters() {
    float[][] first = centres(0, 0);
    assertThat(centres(4, 3)).isDeepEqualTo(first);
    assertThat(centres(3, 3)[0]).isNotEqualTo(first[0]);
    assertThat(centres(0, 3)[0]).isNotEqualTo(centres(3, 3)[0]);
  }

  private static float[][] centres(int firstEpochs, int epochs) {
    String settings =
        """
        training { batch = 20, epoch-images = 0, checkpoint-epochs = 0 }
        aec { hidden = [32], code = 4, warm-up-epochs = 2, epochs = %d, first-epochs = %d
              tolerance = 0, first-clusters = k-means, empty-clusters = keep }
        """;
    return estimator(settings.formatted(epochs, firstEpochs))
        .fit(frame(DIGITS.subList(0, 100), 2))
        .centres();
  }

  private static List<Row> clusters(AutoencoderClustering fitted) {
    return fitted
        .history()
        .select("epoch", "id", "prediction")
        .orderBy("epoch", "id")
        .collectAsList();
  }

  @Test
  void aSavedModelAssignsAsTheOneThatWasSaved() throws IOException {
    String path = directory.resolve("model").toString();
    model.write().save(path);
    AutoencoderClusteringModel loaded = AutoencoderClusteringModel.load(path);
    assertThat(loaded.getK()).isEqualTo(10);
    assertThat(transformed(loaded, DIGITS, 3)).isEqualTo(transformed(model, DIGITS, 3));
  }

  @Test
  void pretrainsByBoltzmannMachinesAndStartsFromRandomClusters() {
    String paper =
        """
        training { batch = 50, epoch-images = 0, least-spread = 0 }
        aec { hidden = [64], code = 10, activation = sigmoid, code-activation = sigmoid
              loss = squared-error-of-sigmoid, updater = sgd, rate = 0.01, pretraining = rbm
              rbm.epochs = 3, warm-up-epochs = 0, epochs = 2, lambda = 0.1, lambda-end = 0.1
              whiten = false, first-clusters = random, empty-clusters = keep }
        """;
    AutoencoderClustering estimator = estimator(paper);
    estimator.fit(frame(DIGITS.subList(0, FITTED), 2));
    assertThat(estimator.learningCurve().epochs()).isEqualTo(2);
  }

  @Test
  void convolutionsLearnAndTheirModelIsSavedToo() throws IOException {
    String small =
        """
        training { batch = 50, epoch-images = 0, checkpoint-epochs = 1 }
        dcae { maps = [4, 6], kernels = [5, 3], strides = [2, 2], padding = [same, none], code = 6
               warm-up-epochs = 3, epochs = 1, first-clusters = k-means, empty-clusters = keep }
        """;
    ConvolutionalAutoencoderClustering estimator =
        new ConvolutionalAutoencoderClustering().setK(5).setSeed(1).setSettings(small);
    AutoencoderClusteringModel fitted = estimator.fit(frame(DIGITS.subList(0, 300), 2));
    List<Row> epochs = estimator.learningCurve().table(SPARK).collectAsList();
    assertThat(epochs).hasSize(4);
    assertThat(epochs.get(2).<Double>getAs("loss")).isLessThan(epochs.get(0).getAs("loss"));
    String path = directory.resolve("convolutions").toString();
    fitted.write().save(path);
    List<Row> some = DIGITS.subList(300, 340);
    assertThat(transformed(AutoencoderClusteringModel.load(path), some, 1))
        .isEqualTo(transformed(fitted, some, 1));
  }

  @Test
  void thePapersConvolutionsPaintAnImageFromOnePosition() {
    String paper =
        """
        training { batch = 50, epoch-images = 0, least-spread = 0 }
        dcae { maps = [8, 4], kernels = [9, 9], strides = [1, 1], padding = [none, none]
               hidden = [50], decoder = paper, activation = sigmoid, code-activation = sigmoid
               loss = cross-entropy, updater = sgd, rate = 0.006, start = xavier
               warm-up-epochs = 0, epochs = 2, lambda = 0.1, lambda-end = 0.1, whiten = false
               first-clusters = random-images, empty-clusters = keep }
        """;
    ConvolutionalAutoencoderClustering estimator =
        new ConvolutionalAutoencoderClustering().setK(5).setSeed(1).setSettings(paper);
    estimator.fit(frame(DIGITS.subList(0, 100), 2));
    assertThat(estimator.learningCurve().epochs()).isEqualTo(2);
    assertThatThrownBy(() -> estimator.fit(frame(List.of(Digits.image(1, 8, new byte[64])), 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("kernel of 9 x 9 on maps of 8x8x1");
  }

  @Test
  void refusesWhatItCannotTrain() {
    Dataset<Row> digits = frame(DIGITS.subList(0, 60), 1);
    assertRefused("aec.lambda = -1", digits, "aec.lambda: found -1.0, expected 0 or more");
    assertRefused("aec.code = 784", digits, "aec.code: found 784, expected less than the 784");
    assertRefused("aec.activation = step", digits, "aec.activation: found \"step\"");
    assertRefused(
        "aec.code-activation = relu",
        digits,
        "aec.code-activation: found relu, expected identity where aec.whiten = true");
    assertRefused("training.batch = -1", digits, "training.batch: found -1");
    List<Row> mixed = List.of(DIGITS.get(0), Digits.image(1, 14, new byte[196]));
    assertRefused("", frame(mixed, 1), "28,28,1");
  }

  @Test
  void aCollapseNamesTheOptionsToChange() {
    String flat = SMALL + "\n training.least-spread = 1e6";
    assertRefused(flat, frame(DIGITS.subList(0, 60), 1), "aec.lambda-end", "training.least-spread");
  }

  private static void assertRefused(String settings, Dataset<Row> images, String... parts) {
    assertThatThrownBy(() -> estimator(settings).fit(images))
        .isInstanceOf(UserException.class)
        .message()
        .contains(parts);
  }

  private static double value(int epoch, String column) {
    return curve.get(epoch).<Double>getAs(column);
  }

  private static AutoencoderClustering estimator(String settings) {
    return new AutoencoderClustering().setK(10).setSeed(1).setSettings(settings);
  }

  private static SortedMap<Long, Row> transformed(
      AutoencoderClusteringModel model, List<Row> rows, int partitions) {
    return Digits.byId(model.transform(frame(rows, partitions)).drop("image"));
  }

  private static double accuracy(SortedMap<Long, Row> rows) {
    return Digits.scores(rows, LABELS).acc();
  }

  private static Dataset<Row> frame(List<Row> rows, int partitions) {
    return Digits.frame(SPARK, rows, partitions);
  }
}
