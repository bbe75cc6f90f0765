package org.imageclustering.spark.job;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputOptions;
import org.imageclustering.spark.settings.Settings;

/** {@code assign}: clusters other images by a run's saved model. */
public final class AssignJob {
  private final SparkSession spark;
  private final String source;
  private final InputOptions input;

  /**
   * An assignment by the model of a run.
   *
   * @param source the finished run, of kind cluster
   */
  public AssignJob(SparkSession spark, String source, InputOptions input) {
    this.spark = spark;
    this.source = source;
    this.input = input;
  }

  /**
   * Writes the run directory of the new images, unless it is finished already.
   *
   * @return the lines to print
   * @throws UserException if the run is not finished or the images are not like those it clustered
   */
  public List<String> run(String output, RunDirectory.Existing existing) {
    Overwriting overwriting = new Overwriting(output, hadoop());
    overwriting.requireKept("--run", source);
    if (existing == RunDirectory.Existing.OVERWRITE) {
      overwriting.requireKept(input);
    }
    RunRecord clustered = RunDirectory.readFinished(source, hadoop());
    if (!clustered.text("kind").equals("cluster")) {
      throw new UserException(
          "Cannot assign by the run '%s': found a run of kind %s, expected one of cluster"
              .formatted(source, clustered.text("kind")));
    }
    Identity identity =
        Identity.ofAssignment(clustered.identity().hash(), Inputs.fingerprint(spark, input));
    Optional<RunDirectory> run = RunDirectory.open(output, "assign", identity, existing, hadoop());
    if (run.isPresent()) {
      RunScope.within(spark, run.get(), opened -> fill(opened, clustered), false);
    }
    return Summary.of(new Path(output), hadoop());
  }

  private void fill(RunDirectory run, RunRecord clustered) {
    Method method = Methods.named(clustered.text("method"));
    RunStageStore stages = new RunStageStore(spark, run);
    run.record().put("method", method.name());
    run.record().put("model", source);
    run.record().put("input", input.input());
    run.record().put("versions", Versions.ofThis(spark));
    run.record().put("clusters", clustered.value("clusters"));
    Transformer model = model(new Path(source, "model"), clustered.text("modelClass"));
    String shape = clustered.text("shape");
    ImageDataset dataset =
        stages.input(input, prepared -> requireSameShape(Inputs.of(prepared).shape(), shape));
    MethodInput images = Inputs.of(dataset);
    run.record().put("dataset", dataset.uri());
    run.record().put("shape", shape);
    Dataset<Row> assigned =
        stages.once("assign", identityOf(clustered), () -> method.transform(images, model));
    RunResults results = new RunResults(spark, run, stages, dataset, Settings.reference());
    results.assignments(assigned);
    for (String column : List.of("features", "embedding")) {
      if (List.of(assigned.columns()).contains(column)) {
        stages.output(column, () -> RunResults.byId(assigned.select("id", column)));
      }
    }
    results.scoreAndReport();
  }

  private static String identityOf(RunRecord clustered) {
    return clustered.identity().hash();
  }

  private void requireSameShape(DatasetShape found, String expected) {
    if (!found.toString().equals(expected)) {
      throw new UserException(
          "Cannot assign '%s' by the run '%s': found %s, expected %s as it clustered; see --size and --channels (of 'prepare' for a data set)"
              .formatted(input.input(), source, found, expected));
    }
  }

  private Transformer model(Path path, String expectedClass) {
    Object read = DefaultParamsReader.loadParamsInstance(path.toString(), spark.sparkContext());
    if (read instanceof Transformer model && read.getClass().getName().equals(expectedClass)) {
      return model;
    }
    throw new UserException(
        "Cannot read the model '%s': found class %s, expected %s as run.json says"
            .formatted(path, read.getClass().getName(), expectedClass));
  }

  private Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }
}
