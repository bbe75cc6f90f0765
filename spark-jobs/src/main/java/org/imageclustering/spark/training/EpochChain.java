package org.imageclustering.spark.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.imageclustering.spark.session.StageStore;

/**
 * A {@link CheckpointChain} of epochs that leave a history: the clusters after each of them, kept
 * by the same store, always before the checkpoint.
 */
public final class EpochChain {
  private final SparkSession session;
  private final StageStore stages;
  private final CheckpointChain chain;
  private Dataset<Row> history;

  /**
   * A chain.
   *
   * @param stage the name that those of the stages start with
   */
  public EpochChain(SparkSession session, StageStore stages, String stage) {
    this.session = session;
    this.stages = stages;
    this.chain = new CheckpointChain(session, stages, stage);
  }

  /** The epochs of one stage. */
  @FunctionalInterface
  public interface Pass {
    /** Returns what there is after an epoch; adds the epochs on the way to the history. */
    Checkpoint until(Checkpoint start, int epoch, History history);
  }

  /** What a training starts from. */
  public interface Beginning {
    /** Returns the network's configuration, a new one each time. */
    ComputationGraphConfiguration configuration();

    /** Returns a curve without epochs, of the figures that the training measures. */
    LearningCurve curve();

    /** Returns what there is before the first epoch; not called when a checkpoint exists. */
    Checkpoint checkpoint();
  }

  /** Returns the epochs after which there is a checkpoint: every so many, and the last. */
  public static List<Integer> ends(int total, int every) {
    return CheckpointChain.ends(total, every);
  }

  /**
   * Runs the epochs.
   *
   * @param ends the last epoch of each stage
   * @param empty a new history for each stage
   */
  public Checkpoint run(
      List<Integer> ends, Beginning beginning, Pass pass, Supplier<History> empty) {
    Map<Integer, Dataset<Row>> past = new HashMap<>();
    Checkpoint last =
        chain.run(
            ends,
            table -> CheckpointChain.read(table, beginning.configuration(), beginning.curve()),
            beginning::checkpoint,
            (from, until) -> {
              History own = empty.get();
              Checkpoint end = pass.until(from, until, own);
              past.put(until, kept(until, own));
              return end;
            });
    for (int end : ends) {
      // A stage that was read back has left its history before its checkpoint.
      Dataset<Row> part =
          past.containsKey(end)
              ? past.get(end)
              : kept(end, () -> session.createDataFrame(List.of(), History.SCHEMA));
      history = history == null ? part : history.union(part);
    }
    return last;
  }

  /** Where a store reads back what it wrote, nothing is needed on the executors any more. */
  private Dataset<Row> kept(int until, History own) {
    Dataset<Row> lazy = own.table();
    Dataset<Row> kept = kept(until, () -> lazy);
    if (kept != lazy) {
      own.close();
    }
    return kept;
  }

  private Dataset<Row> kept(int until, Supplier<Dataset<Row>> table) {
    return stages.once("history-to-epoch-%d".formatted(until), "", table);
  }

  /** Returns the clusters after each epoch: epoch, id, prediction, features of a sample or null. */
  public Dataset<Row> history() {
    return history;
  }
}
