package org.imageclustering.spark.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.session.StageStore;

/**
 * The epochs of a training in stages, each from the checkpoint that the one before left, so that a
 * run that was stopped goes on from there; and the history that they leave.
 */
public final class EpochChain {
  private final SparkSession session;
  private final StageStore stages;
  private final String stage;
  private final List<Dataset<Row>> history = new ArrayList<>();

  /**
   * A chain.
   *
   * @param stage the name that those of the stages start with
   */
  public EpochChain(SparkSession session, StageStore stages, String stage) {
    this.session = session;
    this.stages = stages;
    this.stage = stage;
  }

  /** The epochs of one stage. */
  @FunctionalInterface
  public interface Pass {
    /** Returns what there is after an epoch; adds the epochs on the way to the history. */
    Checkpoint until(Checkpoint start, int epoch, History history);
  }

  /** Returns the epochs after which there is a checkpoint: every so many, and the last. */
  public static List<Integer> ends(int total, int every) {
    List<Integer> ends = new ArrayList<>();
    for (int end = every; end < total && every > 0; end += every) {
      ends.add(end);
    }
    ends.add(total);
    return ends;
  }

  /**
   * Runs the epochs.
   *
   * @param ends the last epoch of each stage
   * @param start what there is before the first epoch; not called when a checkpoint exists
   * @param read a checkpoint from its table
   * @param history an empty one for each stage
   */
  public Checkpoint run(
      List<Integer> ends,
      Supplier<Checkpoint> start,
      Pass pass,
      Function<Dataset<Row>, Checkpoint> read,
      Supplier<History> history) {
    Dataset<Row> table = null;
    Checkpoint last = null;
    for (int until : ends) {
      Dataset<Row> before = table;
      Checkpoint held = last;
      Checkpoint[] result = new Checkpoint[1];
      List<Dataset<Row>> past = new ArrayList<>();
      table =
          stages.once(
              "%s-to-epoch-%d".formatted(stage, until),
              "",
              () -> {
                Checkpoint from =
                    held != null ? held : before != null ? read.apply(before) : start.get();
                History own = history.get();
                result[0] = pass.until(from, until, own);
                past.add(kept(until, own::table));
                return result[0].table(session);
              });
      history(past, until);
      last = result[0];
    }
    return last != null ? last : read.apply(table);
  }

  /** A stage that is read back has left its history before its checkpoint. */
  private void history(List<Dataset<Row>> past, int until) {
    history.addAll(
        past.isEmpty()
            ? List.of(kept(until, () -> session.createDataFrame(List.of(), History.SCHEMA)))
            : past);
  }

  private Dataset<Row> kept(int until, Supplier<Dataset<Row>> table) {
    return stages.once("history-to-epoch-%d".formatted(until), "", table);
  }

  /** Returns the clusters after each epoch: epoch, id, prediction, features of a sample or null. */
  public Dataset<Row> history() {
    Dataset<Row> all = history.get(0);
    for (Dataset<Row> part : history.subList(1, history.size())) {
      all = all.union(part);
    }
    return all;
  }
}
