package org.imageclustering.spark.job;

import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Ends a run well or badly, whatever its work does. */
final class RunScope {
  private RunScope() {}

  /** Does the work of a run and records how it ended. */
  static void within(
      SparkSession spark, RunDirectory run, Consumer<RunDirectory> work, boolean keepStages) {
    boolean isUnseen = Sessions.isInCluster(spark.sparkContext().getConf());
    Interruption interruption = Interruption.then(run::interrupt);
    try (run) {
      work.accept(run);
      run.finish(keepStages);
    } catch (Throwable e) { // Spark's Scala code throws checked exceptions without saying so
      recordFailure(run, e, isUnseen);
      throw e;
    } finally {
      interruption.close();
    }
  }

  private static void recordFailure(RunDirectory run, Throwable e, boolean isUnseen) {
    try {
      run.fail(Failure.of(e), isUnseen);
    } catch (RuntimeException failed) {
      e.addSuppressed(failed);
    }
  }
}
