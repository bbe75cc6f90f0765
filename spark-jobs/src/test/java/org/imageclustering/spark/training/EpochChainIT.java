package org.imageclustering.spark.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.imageclustering.spark.KeepingStore;
import org.imageclustering.spark.session.InMemoryStageStore;
import org.imageclustering.spark.session.StageStore;
import org.junit.jupiter.api.Test;

/** What the history of a training leaves on the executors. */
final class EpochChainIT {
  private static final int IMAGES = 4;
  private static final List<Integer> ENDS = List.of(2, 3);
  private static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();
  private static final JavaSparkContext SPARK = new JavaSparkContext(SESSION.sparkContext());

  private final Set<Integer> heldBefore = Set.copyOf(SPARK.getPersistentRDDs().keySet());

  @Test
  void aHistoryThatAStoreKeepsNeedsNothingOnTheExecutors() {
    KeepingStore store = new KeepingStore();
    List<Broadcast<int[]>> sent = new ArrayList<>();
    EpochChain chain = run(store, sent);
    assertThat(sent).hasSize(3).noneMatch(Broadcast::isValid);
    // What is held is what the store holds, a stage each.
    assertThat(held()).hasSizeLessThanOrEqualTo(store.computed().size());
    assertThat(clusters(chain)).containsExactlyElementsOf(expected());
  }

  @Test
  void aHistoryThatIsNotKeptIsMadeAgainWhereItWasLost() {
    List<Broadcast<int[]>> sent = new ArrayList<>();
    EpochChain chain = run(new InMemoryStageStore(), sent);
    assertThat(sent).hasSize(3).allMatch(Broadcast::isValid);
    Set<Integer> held = held();
    assertThat(held).hasSize(3);
    SPARK.getPersistentRDDs().entrySet().stream()
        .filter(rdd -> held.contains(rdd.getKey()))
        .forEach(rdd -> rdd.getValue().unpersist());
    assertThat(clusters(chain)).containsExactlyElementsOf(expected());
  }

  private Set<Integer> held() {
    Set<Integer> held = new HashSet<>(SPARK.getPersistentRDDs().keySet());
    held.removeAll(heldBefore);
    return held;
  }

  private static List<String> clusters(EpochChain chain) {
    return chain.history().orderBy("epoch", "id").collectAsList().stream()
        .map(EpochChainIT::text)
        .toList();
  }

  private static String text(Row row) {
    return row.getInt(0) + " " + row.getLong(1) + " " + row.getInt(2);
  }

  /** In epoch e image i is in cluster e + i. */
  private static List<String> expected() {
    List<String> rows = new ArrayList<>();
    for (int epoch = 1; epoch <= 3; epoch++) {
      for (int i = 0; i < IMAGES; i++) {
        rows.add(epoch + " " + i + " " + (epoch + i));
      }
    }
    return rows;
  }

  private static EpochChain run(StageStore store, List<Broadcast<int[]>> sent) {
    EpochChain chain = new EpochChain(SESSION, store, "training");
    chain.run(
        ENDS,
        new Beginning(),
        (start, until, history) -> {
          for (int epoch = start.epoch() + 1; epoch <= until; epoch++) {
            Broadcast<int[]> clusters = history.sent().send(new int[] {epoch, epoch + 1});
            sent.add(clusters);
            history.add(epoch, assigned(clusters), List.of());
          }
          return new Checkpoint(start.state(), null, until, false, start.curve());
        },
        () -> new History(SESSION, IMAGES, 3, 1));
    return chain;
  }

  private static JavaRDD<CodeBlock> assigned(Broadcast<int[]> clusters) {
    return SPARK
        .parallelize(List.of(0, 2), 2)
        .map(
            first ->
                new CodeBlock(
                    new long[] {first, first + 1},
                    new float[2],
                    new int[] {clusters.value()[0] + first, clusters.value()[1] + first}));
  }

  private static final class Beginning implements EpochChain.Beginning {
    @Override
    public ComputationGraphConfiguration configuration() {
      return new NeuralNetConfiguration.Builder()
          .graphBuilder()
          .addInputs("image")
          .addLayer("out", new OutputLayer.Builder().nIn(2).nOut(2).build(), "image")
          .setOutputs("out")
          .build();
    }

    @Override
    public LearningCurve curve() {
      return new LearningCurve();
    }

    @Override
    public Checkpoint checkpoint() {
      return new Checkpoint(NetworkState.initial(configuration()), null, 0, false, curve());
    }
  }
}
