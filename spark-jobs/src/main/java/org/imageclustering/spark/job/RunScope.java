package org.imageclustering.spark.job;

import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;

/** Ends a run well or badly, whatever its work does. */
final class RunScope {
  private RunScope() {}

  /** Does the work of a run and records how it ended. */
  static void within(
      SparkSession spark, RunDirectory run, Consumer<RunDirectory> work, boolean keepStages) {
    boolean isUnseen =
        spark.sparkContext().getConf().get("spark.submit.deployMode", "client").equals("cluster");
    boolean ended = false;
    Interruption interruption = Interruption.then(run::interrupt);
    try (run) {
      work.accept(run);
      run.finish(keepStages);
      ended = true;
    } catch (UserException e) {
      run.fail(ExitCode.USER, e.getMessage(), isUnseen);
      ended = true;
      throw e;
    } finally {
      interruption.close();
      if (!ended) {
        run.fail(ExitCode.BUG, "a bug; the log has the stack trace", isUnseen);
      }
    }
  }
}
