package org.imageclustering.spark.sanet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.evaluate.ContingencyTable;
import org.imageclustering.evaluate.Scores;
import org.imageclustering.patch.FeatureMaps;
import org.imageclustering.sanet.Layer;
import org.imageclustering.sanet.Network;
import org.imageclustering.sanet.SpectralLayer;
import org.imageclustering.spark.Digits;
import org.imageclustering.spark.KeepingStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** SA-Net on the first 1,000 of the bundled digits: 600 to fit, 400 that it has not seen. */
final class SaNetIT {
  private static final int FITTED = 600;
  private static final int IMAGES = 1000;
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();

  /** A small network, so that the test takes seconds: 300 of the 600 images, 16 eigenvectors. */
  private static final String SMALL =
      "sa-net { fit-sample = 300, layer.first.eigenvectors = 16, layer.second.eigenvectors = 8 }";

  private static final List<Row> DIGITS = new ArrayList<>();
  private static final List<Integer> LABELS = new ArrayList<>();
  private static SaNetModel model;

  @TempDir Path directory;

  @BeforeAll
  static void fit() throws IOException {
    DIGITS.addAll(Digits.images(IMAGES));
    LABELS.addAll(Digits.labels(IMAGES));
    model = estimator(SMALL).fit(frame(DIGITS.subList(0, FITTED), 2));
  }

  @Test
  void findsDigitsAndAssignsOnesThatItHasNotSeen() {
    SortedMap<Long, Integer> fitted = predictions(model, DIGITS.subList(0, FITTED), 2);
    SortedMap<Long, Integer> unseen = predictions(model, DIGITS.subList(FITTED, IMAGES), 2);
    // k-means on the pixels of these images gives about .5.
    assertThat(accuracy(fitted)).isGreaterThan(0.6);
    assertThat(accuracy(unseen)).isGreaterThan(accuracy(fitted) - 0.1);
  }

  @Test
  void oneThreeAndSevenPartitionsInAnyOrderGiveTheSame() {
    List<Row> shuffled = new ArrayList<>(DIGITS.subList(0, FITTED));
    Collections.shuffle(shuffled, new Random(4));
    SortedMap<Long, Integer> two = predictions(model, DIGITS, 2);
    for (int partitions : new int[] {1, 7}) {
      SaNetModel other = estimator(SMALL).fit(frame(shuffled, partitions));
      assertThat(predictions(other, DIGITS, partitions)).isEqualTo(two);
    }
    assertThat(predictions(model, DIGITS, 3)).isEqualTo(two);
  }

  @Test
  void aSavedModelAssignsAsTheOneThatWasSaved() throws IOException {
    String path = directory.resolve("model").toString();
    model.write().save(path);
    SaNetModel loaded = SaNetModel.load(path);
    assertThat(loaded.getK()).isEqualTo(10);
    assertThat(predictions(loaded, DIGITS, 2)).isEqualTo(predictions(model, DIGITS, 2));
  }

  @Test
  void theFullFitAgreesWithTheOneOnASample() {
    SaNetModel full =
        estimator(SMALL + ", sa-net.fit-sample = 0").fit(frame(DIGITS.subList(0, FITTED), 2));
    SortedMap<Long, Integer> transformed = predictions(full, DIGITS.subList(0, FITTED), 2);
    assertThat(accuracy(transformed)).isGreaterThan(0.6);
    assertThat(predictions(full.trainingAssignments())).isEqualTo(transformed);
    assertThatThrownBy(model::trainingAssignments)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fitted on a sample");
  }

  @Test
  void aModelKeepsNoMoreLandmarksThanAsked() {
    SaNetModel thin =
        estimator(SMALL + ", sa-net.fit-sample = 0, sa-net.landmarks = 2000")
            .fit(frame(DIGITS.subList(0, FITTED), 2));
    for (Layer layer : thin.network().layers()) {
      assertThat(((SpectralLayer) layer).features().rows()).isEqualTo(2000);
    }
    assertThat(accuracy(predictions(thin, DIGITS.subList(FITTED, IMAGES), 2))).isGreaterThan(0.5);
  }

  /** The windows of the sample are landmarks, and each of them must be found again. */
  @Test
  void aFitOnASampleThatIsStoppedAfterItsFirstLayerEndsAsOneThatIsNot() {
    Dataset<Row> images = frame(DIGITS, 2);
    String settings = SMALL + ", sa-net.fit-sample = 900";
    KeepingStore stages = new KeepingStore();
    SaNetModel whole = estimator(settings).setStageStore(stages).fit(images);
    stages.keepOnly("layer-first");
    SaNetModel resumed = estimator(settings).setStageStore(stages).fit(images);
    assertThat(layer(resumed, 1).features().values())
        .isEqualTo(layer(whole, 1).features().values());
    assertThat(predictions(resumed, DIGITS, 2)).isEqualTo(predictions(whole, DIGITS, 2));
  }

  private static SpectralLayer layer(SaNetModel fitted, int number) {
    return (SpectralLayer) fitted.network().layers().get(number);
  }

  /** Fewer landmarks than windows: the maps of the fit itself are kept beside the layers. */
  @Test
  void aFullFitThatIsStoppedAfterItsFirstLayerEndsAsOneThatIsNot() {
    Dataset<Row> images = frame(DIGITS.subList(0, 150), 2);
    String settings = SMALL + ", sa-net.fit-sample = 0, sa-net.landmarks = 1000";
    KeepingStore stages = new KeepingStore();
    SaNetModel whole = estimator(settings).setStageStore(stages).fit(images);
    assertThat(stages.names())
        .containsExactly(
            "features",
            "layer-first",
            "layer-first-maps",
            "layer-second",
            "layer-second-maps",
            "training-features");
    double agreement = (Double) stages.measures().get("agreement of transform with the fit");
    assertThat(agreement).isBetween(0.5, 1.0);

    stages.keepOnly("layer-first", "layer-first-maps");
    SaNetModel resumed = estimator(settings).setStageStore(stages).fit(images);
    assertThat(predictions(resumed.trainingAssignments()))
        .isEqualTo(predictions(whole.trainingAssignments()));
    assertThat(stages.measures()).containsEntry("agreement of transform with the fit", agreement);
  }

  @Test
  void poolingBinarizationAndCodingEndInKMeansOnWholeNumbers() {
    SaNetModel coded =
        estimator(
                SMALL + ", sa-net.network = [first, second, pool, binarize, code], final = k-means")
            .fit(frame(DIGITS.subList(0, FITTED), 2));
    Dataset<Row> rows = coded.transform(frame(DIGITS.subList(0, 50), 1));
    assertThat(coded.network().output().channels()).isEqualTo(2);
    for (Row row : rows.collectAsList()) {
      for (double code : row.<Vector>getAs("features").toArray()) {
        assertThat(code).isBetween(0.0, 255.0).isEqualTo(Math.rint(code));
      }
      assertThat(row.<Double>getAs("confidence")).isBetween(0.0, 1.0);
    }
  }

  @Test
  void whatIsBroadcastSurvivesKryo() {
    SerializerInstance kryo = new KryoSerializer(SPARK.sparkContext().getConf()).newInstance();
    ClassTag<Object> any = ClassTag$.MODULE$.Object();
    Network sent = (Network) kryo.deserialize(kryo.serialize(model.network(), any), any);
    FeatureMaps images = FeatureMaps.zeros(2, sent.input());
    images.setPixels(0, DIGITS.get(700).getStruct(1).getAs(3));
    images.setPixels(1, DIGITS.get(3).getStruct(1).getAs(3));
    assertThat(sent.apply(images).values()).isEqualTo(model.network().apply(images).values());
  }

  @Test
  void refusesWhatItCannotCluster() {
    List<Row> mixed = List.of(DIGITS.get(0), Digits.image(1, 14, new byte[196]));
    assertThatThrownBy(() -> estimator(SMALL).fit(frame(mixed, 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("14,14,1")
        .hasMessageContaining("28,28,1");
    Dataset<Row> digits = frame(DIGITS.subList(0, 50), 1);
    assertThatThrownBy(() -> estimator("sa-net.layer.first.patch = 29").fit(digits))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("first.patch = 29");
    assertThatThrownBy(
            () ->
                estimator("sa-net.layer.first.eigenvectors = 1000")
                    .fit(frame(List.of(DIGITS.get(0)), 1)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("1000 eigenvectors");
    assertThatThrownBy(() -> estimator("sa-net.fit-sampel = 3").fit(digits))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("sa-net.fit-sample");
  }

  private static SaNet estimator(String settings) {
    return new SaNet().setK(10).setSeed(1).setSettings(settings);
  }

  private static SortedMap<Long, Integer> predictions(SaNetModel model, List<Row> rows, int parts) {
    return predictions(model.transform(frame(rows, parts)));
  }

  private static SortedMap<Long, Integer> predictions(Dataset<Row> clustered) {
    TreeMap<Long, Integer> predictions = new TreeMap<>();
    for (Row row : clustered.collectAsList()) {
      predictions.put(row.getAs("id"), row.getAs("prediction"));
    }
    return predictions;
  }

  private static double accuracy(SortedMap<Long, Integer> predictions) {
    int[] found = predictions.values().stream().mapToInt(Integer::intValue).toArray();
    int[] truth = predictions.keySet().stream().mapToInt(id -> LABELS.get(id.intValue())).toArray();
    return Scores.of(ContingencyTable.of(found, truth)).acc();
  }

  private static Dataset<Row> frame(List<Row> rows, int partitions) {
    return Digits.frame(SPARK, rows, partitions);
  }
}
