package org.imageclustering.spark.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.imageclustering.UserException;
import org.imageclustering.linalg.FloatMatrix;
import org.imageclustering.spark.session.ArrayTable;
import org.imageclustering.spark.training.layer.Convolution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** One step of averaging against a computation by hand; checkpoints; what goes to the executors. */
final class TrainerIT {
  private static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();
  private static final JavaSparkContext SPARK = new JavaSparkContext(SESSION.sparkContext());
  private static final int BATCH = 8;

  @Test
  void oneRoundOfAveragingIsTheMeanOfTheWorkersNetworks() {
    TrainingOptions options = new TrainingOptions(BATCH, 2, 1, 0, 0, 0, 1);
    Trainer<Integer> trainer = new Trainer<>(SPARK, options, TrainerIT::batches);
    NetworkState start = NetworkState.initial(graph(6).configuration(0.5, 1));
    JavaRDD<Integer> both = SPARK.parallelize(List.of(3, 4), 2);
    NetworkState averaged = trainer.epoch(start, both, 1, 2 * BATCH).state();

    NetworkState first = alone(trainer, start, 3);
    NetworkState second = alone(trainer, start, 4);
    requireMean(averaged.parameters(), first.parameters(), second.parameters());
    requireMean(averaged.updater(), first.updater(), second.updater());
    assertThat(first.parameters()).isNotEqualTo(second.parameters());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void anEpochOfTwoPassesIsTwoEpochsOfOne(int workers) {
    TrainingOptions twice = new TrainingOptions(BATCH, workers, 1, 2 * workers * BATCH, 0, 0, 1);
    Trainer<Integer> single = new Trainer<>(SPARK, twice.inSinglePasses(), TrainerIT::batches);
    NetworkState start = NetworkState.initial(graph(6).configuration(0.5, 1));
    JavaRDD<Integer> rows = SPARK.parallelize(List.of(3, 4).subList(0, workers), workers);
    long count = (long) workers * BATCH;
    TrainedEpoch third = single.epoch(start, rows, 3, count);
    TrainedEpoch fourth = single.epoch(third.state(), rows, 4, count);
    TrainedEpoch both =
        new Trainer<>(SPARK, twice, TrainerIT::batches).epoch(start, rows, 2, count);
    assertThat(both.state().parameters()).isEqualTo(fourth.state().parameters());
    assertThat(both.state().updater()).isEqualTo(fourth.state().updater());
    assertThat(both.loss()).isCloseTo((third.loss() + fourth.loss()) / 2, within(1e-9));
  }

  @Test
  void aCheckpointGivesBackWhatItKeptAndRefusesAnotherNetwork() {
    NetworkState start = NetworkState.initial(graph(6).configuration(0, 1));
    TrainingOptions options = new TrainingOptions(BATCH, 1, 1, 0, 0, 0, 1);
    NetworkState state = alone(new Trainer<>(SPARK, options, TrainerIT::batches), start, 3);
    float[][] centres = {{1, 2, 3}, {4, 5, 6}};
    Checkpoint kept = new Checkpoint(state, centres, 4, true, new LearningCurve());
    Checkpoint read =
        Checkpoint.read(
            kept.table(SESSION),
            graph(6).configuration(0, 1),
            state.parameters().length,
            new LearningCurve());
    assertThat(read.state().parameters()).isEqualTo(state.parameters());
    assertThat(read.state().updater()).isEqualTo(state.updater());
    assertThat(read.centres()).isDeepEqualTo(centres);
    assertThat(read.epoch()).isEqualTo(4);
    assertThat(read.isConverged()).isTrue();
    int other = NetworkState.initial(graph(7).configuration(0, 1)).parameters().length;
    assertThatThrownBy(
            () ->
                Checkpoint.read(
                    kept.table(SESSION), graph(7).configuration(0, 1), other, new LearningCurve()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("checkpoint of a network with")
        .hasMessageContaining("--overwrite");
  }

  @Test
  void aCheckpointKeepsCountsThatNoFloatHolds() {
    // Numbers of single precision are whole to 2^24.
    float[] parameters = new float[(1 << 24) + 1];
    parameters[1 << 24] = 5;
    ComputationGraphConfiguration configuration = graph(6).configuration(0, 1);
    configuration.setIterationCount((1 << 24) + 3);
    NetworkState state = new NetworkState(configuration.toJson(), parameters, new float[] {1, 2});
    Checkpoint read =
        Checkpoint.read(
            new Checkpoint(state, null, 1, false, new LearningCurve()).table(SESSION),
            graph(6).configuration(0, 1),
            parameters.length,
            new LearningCurve());
    assertThat(read.state().parameters().length).isEqualTo(parameters.length);
    assertThat(read.state().parameters()[1 << 24]).isEqualTo(5);
    assertThat(read.state().updater()).containsExactly(1, 2);
    assertThat(
            ComputationGraphConfiguration.fromJson(read.state().configuration())
                .getIterationCount())
        .isEqualTo((1 << 24) + 3);
  }

  @Test
  void aCheckpointOfAnEarlierVersionIsRefused() {
    Dataset<Row> table = ArrayTable.of(SESSION, Map.of("numbers", FloatMatrix.zeros(1, 5)));
    assertThatThrownBy(
            () -> Checkpoint.read(table, graph(6).configuration(0, 1), 9, new LearningCurve()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("checkpoint of an earlier version")
        .hasMessageContaining("--overwrite");
  }

  @Test
  void clustersAreFoundByIdInTwelveBytesAnImage() throws IOException {
    Dataset<Row> rows =
        SESSION
            .range(0, 3000, 1, 5)
            .selectExpr("(id * 7919) % 3000 - 1500 as id", "cast(id % 11 as int) as prediction");
    ClustersById clusters = ClustersById.of(rows);
    for (Row row : rows.collectAsList()) {
      assertThat(clusters.of(new long[] {row.getLong(0)})).containsExactly(row.getInt(1));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(clusters);
    }
    assertThat(bytes.size()).isBetween(12 * 3000, 12 * 3000 + 500);
    assertThatThrownBy(() -> clusters.of(new long[] {-1500, 1500}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found none of image 1500");
  }

  @Test
  void whiteningLeavesTheReconstructionAndMakesTheCodesWhite() {
    NetworkState state = NetworkState.initial(graph(6).configuration(0, 1));
    float[] images = new float[200 * 12];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < images.length; i++) {
      images[i] = (float) random.nextDouble();
    }
    Codes before = new Codes(state);
    Moments moments = new Moments(3).addInPlace(before.encode(images, 200));
    Codes after = new Codes(Whitening.of(state, moments));
    float[] expected = before.reconstruct(images, 200);
    float[] found = after.reconstruct(images, 200);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-3f));
    }
    Moments white = new Moments(3).addInPlace(after.encode(images, 200));
    for (int i = 0; i < 3; i++) {
      assertThat(white.mean()[i]).isCloseTo(0, within(1e-3));
      for (int j = 0; j < 3; j++) {
        assertThat(white.covariance()[i][j]).isCloseTo(i == j ? 1 : 0, within(1e-3));
      }
    }
  }

  private static NetworkState alone(Trainer<Integer> trainer, NetworkState start, int seed) {
    return trainer.epoch(start, SPARK.parallelize(List.of(seed), 1), 1, BATCH).state();
  }

  private static void requireMean(float[] mean, float[] first, float[] second) {
    for (int i = 0; i < mean.length; i++) {
      assertThat(mean[i]).isCloseTo((first[i] + second[i]) / 2, within(1e-6f));
    }
  }

  private static Iterator<MultiDataSet> batches(
      Iterator<Integer> seeds, int pass, int first, int until) {
    List<MultiDataSet> all = new java.util.ArrayList<>();
    while (seeds.hasNext()) {
      int seed = seeds.next() + 100 * pass;
      INDArray image = random(12, seed);
      all.add(
          new MultiDataSet(new INDArray[] {image}, new INDArray[] {image, random(3, seed + 9)}));
    }
    return all.subList(Math.min(first, all.size()), Math.min(until, all.size())).iterator();
  }

  private static INDArray random(int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[BATCH * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Nd4j.create(values, new long[] {BATCH, columns}, 'c');
  }

  private static AutoencoderGraph graph(int hidden) {
    return new AutoencoderGraph(
        List.of(
            Convolution.dense(12, hidden, Activation.RELU).withoutInputGradient(),
            Convolution.dense(hidden, 3, Activation.IDENTITY)),
        List.of(
            Convolution.dense(3, hidden, Activation.RELU),
            Convolution.dense(hidden, 12, Activation.IDENTITY)),
        new AutoencoderGraph.Recipe(
            AutoencoderGraph.Loss.SQUARED_ERROR,
            AutoencoderGraph.Updater.ADAM,
            1e-3,
            0,
            AutoencoderGraph.Start.UNIFORM,
            1));
  }
}
