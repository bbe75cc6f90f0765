package org.imageclustering.spark.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.session.StageStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps finished stages in {@code RUN/stages/NAME/}, where a run that is resumed finds them, and
 * writes the run's results in the same manner: into the attempt's own {@code _work} path, then by a
 * rename into place, then into {@code run.json}.
 */
final class RunStageStore implements StageStore {
  private static final Logger LOG = LoggerFactory.getLogger(RunStageStore.class);

  private final SparkSession spark;
  private final RunDirectory run;

  RunStageStore(SparkSession spark, RunDirectory run) {
    this.spark = spark;
    this.run = run;
  }

  @Override
  public Dataset<Row> once(String name, String settingsHash, Supplier<Dataset<Row>> work) {
    return kept(name, settingsHash, run.path("stages/" + name), work);
  }

  private Dataset<Row> kept(
      String name, String settingsHash, Path place, Supplier<Dataset<Row>> work) {
    if (isDone(name, settingsHash, place)) {
      return spark.read().parquet(place.toString());
    }
    return step(
        name,
        () -> {
          run.record().putInStage(name, "settings", settingsHash);
          return write(name, place, work.get());
        });
  }

  @Override
  public <T> T step(String name, Supplier<T> work) {
    String description = spark.sparkContext().getLocalProperty("spark.job.description");
    spark.sparkContext().setJobDescription(name);
    run.record().beginStage(name);
    run.save();
    LOG.info("{} starts", name);
    long start = System.nanoTime();
    try {
      T result = work.get();
      double seconds = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
      run.record().putInStage(name, "seconds", seconds);
      run.record().putInStage(name, "state", "done");
      run.save();
      LOG.info("{} ends after {} s", name, String.format(Locale.ROOT, "%.1f", seconds));
      return result;
    } finally {
      spark.sparkContext().setJobDescription(description);
    }
  }

  @Override
  public void measure(String stage, String key, Object value) {
    LOG.info("{}: {} = {}", stage, key, value);
    run.record().measure(stage, key, value);
  }

  /**
   * Opens the run's input, or prepares it to {@code RUN/dataset}, and has it checked before a run
   * is removed that this one replaces.
   *
   * @param check throws where the run cannot work on this input
   */
  ImageDataset input(InputOptions options, Consumer<ImageDataset> check) {
    ImageDataset prepared = step("prepare", () -> Inputs.open(spark, options, run));
    check.accept(prepared);
    if (!run.takePlace() || ImageDataset.isDataset(spark, options.input())) {
      return prepared;
    }
    return ImageDataset.open(spark, run.path("dataset").toString());
  }

  /** Writes one of the run's tables to {@code RUN/NAME}, once, and returns it as read back. */
  Dataset<Row> output(String name, Supplier<Dataset<Row>> work) {
    return kept("write " + name, "", run.path(name), work);
  }

  /** Writes the model to {@code RUN/model}, once. */
  void model(MLWritable model) {
    if (isDone("write model", "", run.path("model"))) {
      return;
    }
    step(
        "write model",
        () -> {
          place(
              run.path("model"),
              path -> {
                try {
                  model
                      .write()
                      .overwrite()
                      .option(STAGES, run.path("stages").toString())
                      .save(path.toString());
                } catch (java.io.IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
          run.record().put("modelClass", model.getClass().getName());
          run.record().putInStage("write model", "bytes", run.storage().bytes(run.path("model")));
          return null;
        });
  }

  private boolean isDone(String name, String settingsHash, Path place) {
    Optional<JsonNode> stage = run.record().finishedStage(name);
    boolean isDone =
        stage.isPresent()
            && stage.get().path("settings").asText().equals(settingsHash)
            && run.storage().exists(place);
    if (isDone) {
      LOG.info("{} is there already", name);
    }
    return isDone;
  }

  private Dataset<Row> write(String stage, Path target, Dataset<Row> rows) {
    place(target, path -> rows.write().mode("overwrite").parquet(path.toString()));
    Dataset<Row> written = spark.read().parquet(target.toString());
    run.record().putInStage(stage, "rows", written.count());
    run.record().putInStage(stage, "bytes", run.storage().bytes(target));
    return written;
  }

  private interface Writing {
    void to(Path path);
  }

  private void place(Path target, Writing writing) {
    if (!run.storage().renamesAtomically()) {
      run.storage().delete(target);
      writing.to(target);
      return;
    }
    Path attempt = run.path("_work/" + target.getName() + "-" + UUID.randomUUID());
    writing.to(attempt);
    run.storage().move(attempt, target);
  }
}
