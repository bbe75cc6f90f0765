package org.imageclustering.spark.training;

import java.util.ArrayList;
import java.util.List;
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
  private final int every;

  /**
   * A chain.
   *
   * @param name of the stages, before the epoch's number
   * @param every so many epochs there is a checkpoint; 0: at the end alone
   */
  CheckpointChain(SparkSession session, StageStore stages, String name, int every) {
    this.session = session;
    this.stages = stages;
    this.name = name;
    this.every = every;
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
   * @param total the number of epochs
   * @param configuration of the network: each call returns a new one
   * @param start what it starts from; not called when there is a checkpoint
   */
  Checkpoint run(
      int total,
      Supplier<ComputationGraphConfiguration> configuration,
      Supplier<Checkpoint> start,
      Pass pass) {
    Dataset<Row> table = null;
    Checkpoint last = null;
    for (int until : ends(total)) {
      Dataset<Row> before = table;
      Checkpoint held = last;
      Checkpoint[] result = new Checkpoint[1];
      table =
          stages.once(
              "%s-to-epoch-%d".formatted(name, until),
              "",
              () -> {
                Checkpoint from =
                    held != null
                        ? held
                        : before != null ? read(before, configuration.get()) : start.get();
                result[0] = pass.until(from, until);
                return result[0].table(session);
              });
      last = result[0];
    }
    return last != null ? last : read(table, configuration.get());
  }

  private int[] ends(int total) {
    List<Integer> ends = new ArrayList<>();
    int step = every == 0 ? total : every;
    for (int end = step; end < total; end += step) {
      ends.add(end);
    }
    ends.add(total);
    return ends.stream().mapToInt(Integer::intValue).toArray();
  }

  private static Checkpoint read(Dataset<Row> table, ComputationGraphConfiguration configuration) {
    int parameters = NetworkState.initial(configuration).parameters().length;
    return Checkpoint.read(table, configuration, parameters);
  }
}
