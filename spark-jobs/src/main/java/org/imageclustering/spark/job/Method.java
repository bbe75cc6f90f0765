package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.imageclustering.UserException;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.laststep.LastStep;
import org.imageclustering.spark.session.StageStore;

/**
 * One way to cluster, as {@code cluster METHOD} runs it: a thin layer that feeds an MLlib estimator
 * from the resolved configuration. Add a method by adding its line to {@link Methods}.
 */
public interface Method {
  /** Returns the name on the command line and of the section in the configuration. */
  String name();

  /** Returns one line for {@code --help}. */
  String summary();

  /**
   * Returns the sections of the configuration that the result depends on, besides {@code clusters},
   * {@code seed}, {@code features} and {@code final}: they are a part of the run's identity.
   */
  List<String> sections();

  /** Returns the values of {@code features} that exist for this method, the default first. */
  List<String> representations();

  /** Returns the values of {@code final} that exist for this method, the default first. */
  List<String> lastSteps();

  /** Tells whether the number of clusters can be found, with {@code --clusters auto}. */
  default boolean findsClusters(String lastStep) {
    return lastStep.equals(LastStep.SPECTRAL);
  }

  /**
   * Checks every option and the data's kind and shape, before anything is computed.
   *
   * @throws UserException naming the option or the data, what was found and what is expected
   */
  void check(DatasetShape shape, Config config);

  /**
   * Checks the options that depend on how many rows there are, as soon as those are counted.
   *
   * @throws UserException naming the option, what was found and what is expected
   */
  default void checkRows(long rows, Config config) {}

  /** Returns what a run would cost, for {@code --dry-run}. */
  Estimate estimate(MethodInput input, Config config);

  /**
   * Clusters the input.
   *
   * @param config resolved: every key has a value, {@code features} and {@code final} are concrete
   * @param stages keeps finished stages, so that a run that was stopped resumes
   */
  MethodResult run(MethodInput input, Config config, StageStore stages);

  /**
   * Clusters other images by a saved model.
   *
   * @param model what {@link #run} gave as its model, read back
   * @return id, prediction int, confidence double, and {@code features} and {@code embedding} where
   *     the model gives them
   */
  Dataset<Row> transform(MethodInput input, Transformer model);
}
