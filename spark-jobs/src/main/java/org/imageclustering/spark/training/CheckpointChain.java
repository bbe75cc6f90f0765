package org.imageclustering.spark.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.imageclustering.spark.session.StageStore;

/**
 * The epochs of a training in stages, each from what the one before left: what a store keeps is a
 * checkpoint after every so many epochs, and a run that was stopped goes on from the last.
 */
final class CheckpointChain {
  private final SparkSession session;
  private final StageStore stages;
  private final String name;

  /**
   * A chain.
   *
   * @param name of the stages, before the epoch's number
   */
  CheckpointChain(SparkSession session, StageStore stages, String name) {
    this.session = session;
    this.stages = stages;
    this.name = name;
  }

  /** Some epochs of a training. */
  @FunctionalInterface
  interface Pass {
    /** Returns what a training has become after the epoch of this number. */
    Checkpoint until(Checkpoint from, int epoch);
  }

  /**
   * Returns what a training is after its last epoch.
   *
   * @param ends the last epoch of each stage
   * @param read a checkpoint from its table
   * @param start what it starts from; not called when there is a checkpoint
   */
  Checkpoint run(
      List<Integer> ends,
      Function<Dataset<Row>, Checkpoint> read,
      Supplier<Checkpoint> start,
      Pass pass) {
    Dataset<Row> table = null;
    Checkpoint last = null;
    for (int until : ends) {
      Dataset<Row> before = table;
      Checkpoint held = last;
      Checkpoint[] result = new Checkpoint[1];
      table =
          stages.once(
              "%s-to-epoch-%d".formatted(name, until),
              "",
              () -> {
                Checkpoint from =
                    held != null ? held : before != null ? read.apply(before) : start.get();
                result[0] = pass.until(from, until);
                return result[0].table(session);
              });
      last = result[0];
    }
    return last != null ? last : read.apply(table);
  }

  /** Returns the epochs after which there is a checkpoint: every so many, and the last. */
  static List<Integer> ends(int total, int every) {
    List<Integer> ends = new ArrayList<>();
    for (int end = every; end < total && every > 0; end += every) {
      ends.add(end);
    }
    ends.add(total);
    return ends;
  }

  /**
   * Returns the checkpoint in a table.
   *
   * @param none a curve without epochs, of the figures that the training measures
   */
  static Checkpoint read(
      Dataset<Row> table, ComputationGraphConfiguration configuration, LearningCurve none) {
    int parameters = NetworkState.initial(configuration).parameters().length;
    return Checkpoint.read(table, configuration, parameters, none);
  }
}
