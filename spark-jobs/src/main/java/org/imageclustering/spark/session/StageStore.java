package org.imageclustering.spark.session;

import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where the stages of a method keep their results. In memory by default; over the run directory
 * from a job, where a stage that is done is read back instead of being computed again. Lives on the
 * driver.
 */
public interface StageStore {
  /**
   * Option of a model's writer: the directory of the stages of its fit, whose tables it may copy
   * instead of writing their content again.
   */
  String STAGES = "stages";

  /**
   * Returns the stage's result, computing it at most once.
   *
   * @param name the stage's name, unique within a run: {@code layer-first}
   * @param settingsHash of all that the result depends on besides the run's identity
   * @param work computes the result; not called where the store has it already
   * @return the very table that the work gave, lazy, where nothing is kept; else another, which
   *     needs nothing any more of what the work made it from
   */
  Dataset<Row> once(String name, String settingsHash, Supplier<Dataset<Row>> work);

  /** Runs a step that leaves no table, with its name and duration in the log and the run. */
  <T> T step(String name, Supplier<T> work);

  /** Records a figure of a stage or step: a count, recall, residual. */
  void measure(String stage, String key, Object value);
}
