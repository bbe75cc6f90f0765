package org.imageclustering.spark.training;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.imageclustering.spark.session.StageStore;

/**
 * How many workers train side by side. The number of epochs, their mini-batches and so the network
 * depend on it: it is a stage, the first of a training, so that a run that is resumed on another
 * number of executors goes on as it began. More workers than executors take turns.
 */
public final class Workers {
  static final String STAGE = "training-workers";

  private static final StructType SCHEMA =
      new StructType().add("workers", DataTypes.IntegerType, false);

  private Workers() {}

  /**
   * Returns the number that the options give, else that with which the run began: one an executor,
   * since each uses all of its cores.
   */
  public static int of(SparkSession session, TrainingOptions options, StageStore stages) {
    int workers = options.workers() > 0 ? options.workers() : kept(session, stages);
    stages.measure("training", "workers", workers);
    return workers;
  }

  private static int kept(SparkSession session, StageStore stages) {
    return stages.once(STAGE, "", () -> table(session, executors(session))).first().getInt(0);
  }

  private static Dataset<Row> table(SparkSession session, int workers) {
    return session.createDataFrame(List.of(RowFactory.create(workers)), SCHEMA);
  }

  private static int executors(SparkSession session) {
    // The driver is among them.
    return Math.max(1, session.sparkContext().getExecutorMemoryStatus().size() - 1);
  }
}
