package org.imageclustering.spark.winnertakeall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.spark.Digits;
import org.imageclustering.spark.KeepingStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole method on the first 500 of the bundled digits: 400 to learn, 100 it has not seen. */
final class WinnerTakeAllCoclusteringIT {
  private static final int FITTED = 400;
  private static final int IMAGES = 500;
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  /** A small network, so that the test takes seconds. */
  private static final String SMALL =
      """
      training { batch = 20, checkpoint-epochs = 2 }
      wta { maps = [16, 16], kernels = [5, 3], decoder-kernel = 9, lifetime-share = 0.1
            epochs = 5, least-steps = 0, leaky-share = 0.4, rate = 4e-3, rate-end = 1e-3
            pool = 2, cell-share = 0.02, co-clusters = 14 }
      svm { components = 30, subsets = 2 }
      """;

  private static final List<Row> DIGITS = new ArrayList<>();
  private static final List<Integer> LABELS = new ArrayList<>();
  private static final KeepingStore STORE = new KeepingStore();
  private static WinnerTakeAllModel model;
  private static List<Row> curve;

  @TempDir Path directory;

  @BeforeAll
  static void fit() throws IOException {
    DIGITS.addAll(Digits.images(IMAGES));
    LABELS.addAll(Digits.labels(IMAGES));
    WinnerTakeAllCoclustering estimator = estimator(SMALL).setStageStore(STORE);
    model = estimator.fit(frame(DIGITS.subList(0, FITTED), 3));
    curve = estimator.learningCurve().table(SPARK).collectAsList();
  }

  @Test
  void learnsToReconstruct() {
    assertThat(curve).hasSize(5);
    assertThat(curve.get(4).<Double>getAs("loss"))
        .isLessThan(0.9 * curve.get(0).<Double>getAs("loss"));
    assertThat(WinnerTakeAllTables.kernels(model, SPARK).count()).isEqualTo(16);
  }

  @Test
  void findsDigitsAmongImagesThatItHasNotSeen() {
    SortedMap<Long, Row> before =
        Digits.byId(model.coclusters(model.features(frame(DIGITS, 2)).drop("image")));
    SortedMap<Long, Row> found = transformed(model, DIGITS, 2);
    // One cluster alone would have a purity of .13; with so few images refinement gains nothing.
    assertThat(purity(before)).isGreaterThan(0.35);
    assertThat(purity(found)).isGreaterThan(0.2);
    assertThat(found.values())
        .allSatisfy(row -> assertThat(row.<Double>getAs("confidence")).isBetween(0.0, 1.0));
    SparseVector features = found.get(450L).getAs("features");
    assertThat(features.size()).isEqualTo(14 * 14 * 16);
    assertThat(features.numNonzeros()).isBetween(1, 4 * 16);
  }

  @Test
  void theSameSeedGivesTheSameWhateverThePartitions() {
    WinnerTakeAllModel again = estimator(SMALL).fit(frame(DIGITS.subList(0, FITTED), 5));
    assertThat(again.network().parameters()).isEqualTo(model.network().parameters());
    assertThat(features(again, 1)).isEqualTo(features(model, 7));
    List<Row> some = DIGITS.subList(FITTED, IMAGES);
    assertThat(predictions(again, some)).isEqualTo(predictions(model, some));
  }

  /** Id and pooled maps of all images, read from so many partitions. */
  private static List<String> features(WinnerTakeAllModel of, int partitions) {
    return of.features(frame(DIGITS, partitions)).select("id", "features").collectAsList().stream()
        .sorted(java.util.Comparator.comparingLong(row -> row.getLong(0)))
        .map(Row::toString)
        .toList();
  }

  @Test
  void aFitThatWasStoppedGoesOnFromItsCheckpoint() {
    KeepingStore left = STORE.copy();
    left.keepOnly("training-to-epoch-2");
    WinnerTakeAllModel resumed =
        estimator(SMALL).setStageStore(left).fit(frame(DIGITS.subList(0, FITTED), 2));
    assertThat(resumed.network().parameters()).isEqualTo(model.network().parameters());
    assertThat(left.names()).contains("training-to-epoch-4", "training-to-epoch-5", "features");
  }

  @Test
  void aFitOfTwoWorkersTakesTwiceTheEpochsForItsLeastSteps() {
    KeepingStore store = new KeepingStore();
    // 60 steps of 20 images: 6 epochs of two workers, 3 of one.
    String settings = SMALL + "\nwta { epochs = 1, least-steps = 60 }, training.workers = 2";
    Dataset<Row> digits = frame(DIGITS.subList(0, FITTED), 2);
    WinnerTakeAllModel before = estimator(settings).setStageStore(store).fit(digits);
    assertThat(store.names()).contains("training-to-epoch-6").doesNotContain("training-to-epoch-3");
    assertThat(store.measures()).containsEntry("workers", 2);
    store.computed().clear();
    WinnerTakeAllModel resumed = estimator(settings).setStageStore(store).fit(digits);
    assertThat(store.computed()).isEmpty();
    assertThat(resumed.network().parameters()).isEqualTo(before.network().parameters());
    assertThat(predictions(resumed, DIGITS)).isEqualTo(predictions(before, DIGITS));
  }

  @Test
  void aSavedModelAssignsAsTheOneThatWasSaved() throws IOException {
    String path = directory.resolve("model").toString();
    model.write().save(path);
    WinnerTakeAllModel loaded = WinnerTakeAllModel.load(path);
    assertThat(loaded.getK()).isEqualTo(10);
    assertThat(transformed(loaded, DIGITS, 3)).isEqualTo(transformed(model, DIGITS, 3));
  }

  @Test
  void coloursAndOddSizesDoToo() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      byte[] pixels = new byte[11 * 13 * 3];
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (byte) (p / 39 % 3 == i % 3 ? 200 + i % 7 : 3 * i % 11);
      }
      rows.add(RowFactory.create((long) i, RowFactory.create(11, 13, 3, pixels)));
    }
    String small =
        """
        training.batch = 20
        wta { maps = [8], kernels = [3], decoder-kernel = 5, epochs = 2, least-steps = 0, leaky-share = 0.5
              pool = 2, cell-share = 0.1, co-clusters = 3 }
        final = k-means
        """;
    WinnerTakeAllModel fitted = estimator(small).setK(3).fit(frame(rows, 2));
    SortedMap<Long, Row> found = transformed(fitted, rows, 1);
    SparseVector features = found.get(0L).getAs("features");
    assertThat(features.size()).isEqualTo(6 * 7 * 8);
    assertThat(found.get(3L).<Integer>getAs("prediction"))
        .isEqualTo(found.get(0L).<Integer>getAs("prediction"));
  }

  @Test
  void refusesWhatItCannotTrain() {
    Dataset<Row> digits = frame(DIGITS.subList(0, 40), 1);
    assertRefused(
        "wta.decoder-kernel = 29",
        digits,
        "wta.decoder-kernel: found 29, expected at most 28, the shorter side of images of 28 x 28");
    assertRefused("wta.kernels = [5, 40]", digits, "wta.kernels: found [5, 40], expected at most");
    assertRefused("wta.kernels = [5]", digits, "wta.kernels: found [5], expected as many as maps");
    assertRefused("wta.lifetime-share = 0", digits, "wta.lifetime-share: found 0.0");
    assertRefused("wta.cell-share = 2", digits, "wta.cell-share: found 2.0");
    assertRefused("wta.epochs = 0", digits, "wta.epochs: found 0");
    assertRefused("wta.co-clusters = 9", digits, "wta.co-clusters: found 9, expected at least");
    List<Row> mixed = List.of(DIGITS.get(0), Digits.image(1, 14, new byte[196]));
    assertRefused("", frame(mixed, 1), "28,28,1");
  }

  private static void assertRefused(String settings, Dataset<Row> images, String... parts) {
    assertThatThrownBy(() -> estimator(settings).fit(images))
        .isInstanceOf(UserException.class)
        .message()
        .contains(parts);
  }

  private static WinnerTakeAllCoclustering estimator(String settings) {
    return new WinnerTakeAllCoclustering().setK(10).setSeed(1).setSettings(settings);
  }

  private static SortedMap<Long, Row> transformed(
      WinnerTakeAllModel model, List<Row> rows, int partitions) {
    return Digits.byId(model.transform(frame(rows, partitions)).drop("image"));
  }

  private static List<Integer> predictions(WinnerTakeAllModel model, List<Row> rows) {
    return transformed(model, rows, 2).values().stream()
        .map(row -> row.<Integer>getAs("prediction"))
        .toList();
  }

  private static double purity(SortedMap<Long, Row> rows) {
    return Digits.scores(rows, LABELS).purity();
  }

  private static Dataset<Row> frame(List<Row> rows, int partitions) {
    return Digits.frame(SPARK, rows, partitions);
  }
}
