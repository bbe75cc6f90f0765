package org.imageclustering.spark.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.imageclustering.UserException;
import org.imageclustering.partition.SpectralEmbeddingOptions;
import org.imageclustering.spark.data.DatasetShape;
import org.imageclustering.spark.data.ImageDataset;
import org.imageclustering.spark.data.InputFingerprint;
import org.imageclustering.spark.session.Storage;
import org.imageclustering.spark.settings.Presets;
import org.imageclustering.spark.settings.Settings;

/** {@code cluster METHOD}: from images or vectors to a finished run directory. */
public final class ClusterJob {
  private final SparkSession spark;
  private final ClusterRequest request;
  private final Method method;
  private final Config config;

  /**
   * Resolves the request.
   *
   * @throws UserException if the method, a key, a value or a combination of them does not exist
   */
  public ClusterJob(SparkSession spark, ClusterRequest request) {
    this.spark = spark;
    this.request = request;
    this.method = Methods.named(request.method());
    Config resolved =
        Settings.resolve(request.preset(), request.flags(), request.assignments(), hadoop());
    this.config = Representation.checked(method, resolved);
    Storage.path("--output", request.output());
    Representation.edges(config).ifPresent(uri -> Storage.path("spectral.edges", uri));
    requireClusters();
    checked(() -> Tables.cap(config));
    if (request.existing() == RunDirectory.Existing.OVERWRITE) {
      requireNothingLost();
    }
  }

  private void requireNothingLost() {
    Overwriting overwriting = new Overwriting(request.output(), hadoop());
    overwriting.requireKept(request.input());
    Representation.edges(config).ifPresent(uri -> overwriting.requireKept("spectral.edges", uri));
    if (!Presets.names().contains(request.preset())) {
      overwriting.requireKept("--config", request.preset());
    }
  }

  /** Returns the number of clusters, 0 where it is to be found. */
  static int clusters(Config config) {
    boolean isAuto = config.getString("clusters").equals("auto");
    return isAuto ? SpectralEmbeddingOptions.AUTO : config.getInt("clusters");
  }

  /**
   * Clusters, unless the same run is finished already.
   *
   * @return the lines to print
   */
  public List<String> run() {
    Optional<RunDirectory> run =
        RunDirectory.open(request.output(), "cluster", identity(), request.existing(), hadoop());
    if (run.isPresent()) {
      RunScope.within(spark, run.get(), this::fill, request.keepStages());
    }
    return Summary.of(new Path(request.output()), hadoop());
  }

  private Identity identity() {
    Identity identity =
        Identity.ofClustering(method, config, Inputs.fingerprint(spark, request.input()));
    return Representation.edges(config)
        .map(uri -> identity.with("edges fingerprint", InputFingerprint.ofFiles(spark, uri)))
        .orElse(identity);
  }

  /**
   * Returns the resolved configuration, counts, and estimated memory and time; writes nothing that
   * stays.
   */
  public List<String> dryRun() {
    requireFits();
    return DryRun.lines(spark, method, config, request.input());
  }

  private void fill(RunDirectory run) {
    RunStageStore stages = new RunStageStore(spark, run);
    Versions.check(run.record());
    run.record().put("method", method.name());
    run.record().put("input", request.input().input());
    run.record().put("versions", Versions.ofThis(spark));
    requireFits();
    ImageDataset dataset = stages.input(request.input(), this::check);
    MethodInput input = Inputs.of(dataset);
    stages.measure("prepare", "images", dataset.count());
    stages.measure("prepare", "rejected", dataset.rejectedCount());
    Config concrete = Representation.resolved(method, config, input.shape());
    run.record().put("dataset", dataset.uri());
    run.record().put("shape", input.shape().toString());
    run.record().put("configuration", relevant(concrete));
    run.record().put("seed", concrete.getLong("seed"));
    MethodResult result = method.run(input, concrete, stages);
    run.record().put("clusters", result.clusters().orElse(clusters(concrete)));
    RunResults results = new RunResults(spark, run, stages, dataset, concrete);
    results.write(result);
    results.scoreAndReport();
  }

  /** Checks what can be known before a raw input is prepared, which may take hours. */
  private void requireFits() {
    Inputs.foreseen(spark, request.input()).ifPresent(shape -> fitting(method, config, shape));
  }

  private void check(ImageDataset dataset) {
    MethodInput input = Inputs.of(dataset);
    requireRows(method, fitting(method, config, input.shape()), input);
  }

  /**
   * Checks what depends on the rows themselves.
   *
   * @throws UserException if they are too few for an option, or for the number of clusters
   */
  static void requireRows(Method method, Config concrete, MethodInput input) {
    method.checkRows(input.count(), concrete);
    Inputs.requireDistinct(input, concrete);
  }

  /**
   * Returns the configuration with {@code features} concrete.
   *
   * @throws UserException if an option is out of range or does not fit what the rows are like
   */
  static Config fitting(Method method, Config config, DatasetShape shape) {
    Config concrete = Representation.resolved(method, config, shape);
    checked(() -> method.check(shape, concrete));
    return concrete;
  }

  /** Runs a check, and turns a value of the wrong type into an error of the user's. */
  static void checked(Runnable check) {
    try {
      check.run();
    } catch (ConfigException e) {
      throw new UserException(
          "Cannot use the configuration: found %s, expected the type and range that reference.conf names"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void requireClusters() {
    if (config.getIsNull("clusters")) {
      throw new UserException(
          "Cannot cluster: found no --clusters, expected the number of clusters, at least 2, or auto");
    }
    String last = config.getString("final");
    if (config.getString("clusters").equals("auto")) {
      if (!method.findsClusters(last)) {
        throw new UserException(
            "Cannot use --clusters auto for %s with --final %s: expected a number, as only the spectral last step and the joining of wta find one"
                .formatted(method.name(), last));
      }
      return;
    }
    checked(
        () -> {
          if (config.getInt("clusters") < 2) {
            throw new UserException(
                "Cannot use --clusters %s: expected at least 2"
                    .formatted(config.getInt("clusters")));
          }
        });
  }

  /** Returns the configuration as maps: what {@code run.json} shows. */
  private static Map<String, Object> relevant(Config config) {
    return config.root().unwrapped();
  }

  private Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }
}
